package dev.earshot.gateway.edge;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** One exchange on a bare socket: the bytes that were asked and the bytes that came, and nobody between. */
public final class RawHttp {
    /** Long, for the machine may be busy; an answer that stays open has a shorter one. */
    private static final int PATIENCE_MILLIS = 20_000;

    private static final int QUIET_MILLIS = 700;

    private RawHttp() {}

    /** A request that ends its connection; the head is what stands between Host and the end of the head. */
    public static String request(String method, String target, String head, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + head
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
    }

    /** Everything that comes until the connection ends, or nothing comes any more of an answer without an end. */
    public static String exchange(String request) {
        return exchange(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Beside others, for an answer without an end takes its time to be seen to be quiet. */
    public static CompletableFuture<String> begin(String request) {
        return CompletableFuture.supplyAsync(() -> exchange(request), Thread::startVirtualThread);
    }

    static String exchange(byte[] request) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (IOException refusedEarly) {
                // It may answer and close before it has read everything.
            }
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                answer.write(buffer, 0, count);
                if (isEventStream(answer) && hasBegun(request, answer)) {
                    socket.setSoTimeout(QUIET_MILLIS);
                }
            }
        } catch (SocketTimeoutException e) {
            if (!isEventStream(answer)) {
                throw new UncheckedIOException("no end of " + text(answer), e);
            }
        } catch (IOException e) {
            if (answer.size() == 0) {
                throw new UncheckedIOException(e);
            }
        }
        return text(answer);
    }

    /** The status of an answer. */
    public static int status(String answer) {
        return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9, 12));
    }

    private static boolean isEventStream(ByteArrayOutputStream answer) {
        return text(answer).toLowerCase(java.util.Locale.ROOT).contains("content-type: text/event-stream");
    }

    /** The stream of one recording begins with its state, which takes a read of the database. */
    private static boolean hasBegun(byte[] request, ByteArrayOutputStream answer) {
        boolean ofOne = new String(request, StandardCharsets.ISO_8859_1).contains("sid=");
        return !ofOne || text(answer).contains("\ndata:");
    }

    private static String text(ByteArrayOutputStream answer) {
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static int port() {
        return RestAssured.port;
    }
}
