package dev.earshot.e2e.support;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A listener that speaks HTTP on a bare socket, so that a test sees how a connection ends and not what a client makes of it. */
public final class RawListener implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Socket socket;
    private final InputStream input;
    private final String head;
    private final MessageDigest digest = Listener.sha256();
    private long received;

    /** How a connection ends. */
    public enum End {
        /** A TCP reset, which nobody takes for the end of a message. */
        RESET,
        /** In order, by FIN. */
        CLOSED
    }

    private RawListener(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
        this.head = readHead();
    }

    /** Asks for the whole audio and reads the head of the answer. Its small window makes the gateway feel a slow reader. */
    public static RawListener open(Listener listener, String sid) {
        URI gateway = URI.create(Stack.running().gatewayUrl());
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(64 * 1024);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new java.net.InetSocketAddress(gateway.getHost(), gateway.getPort()));
            socket.getOutputStream()
                    .write(("GET /api/recordings/" + sid + "/stream HTTP/1.1\r\nHost: " + gateway.getAuthority()
                                    + "\r\nAuthorization: Bearer " + listener.token() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new RawListener(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int status() {
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** What the head promised. */
    public long contentLength() {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Content-Length in " + head));
    }

    /** Bytes of the body so far. */
    public long received() {
        return received;
    }

    /** Of what came so far. */
    public String sha256() {
        return HexFormat.of().formatHex(copyOfDigest().digest());
    }

    /** Of what came so far and the rest after it. */
    public String sha256With(byte[] rest) {
        return HexFormat.of().formatHex(copyOfDigest().digest(rest));
    }

    private MessageDigest copyOfDigest() {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads exactly so many bytes of the body. */
    public void read(int bytes) {
        try {
            for (int left = bytes; left > 0; ) {
                byte[] part = input.readNBytes(Math.min(left, BUFFER_BYTES));
                if (part.length == 0) {
                    throw new AssertionError("the stream ended after " + received + " bytes");
                }
                heard(part, part.length);
                left -= part.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the connection ends, however it ends; one that goes on in silence is a failed test. */
    public End readToTheEnd() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                heard(buffer, length);
            }
            return End.CLOSED;
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError("neither bytes nor an end for a minute", hangs);
        } catch (SocketException reset) {
            return End.RESET;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void heard(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
        received += length;
    }

    private String readHead() throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the connection ended within the head: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
