package dev.earshot.local.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client on one connection, written by hand: thousands of them must not be what is slow. All but the constructor
 * runs on the connection's event loop.
 */
final class Waiter {
    private static final String READY = "\"state\":\"ready\"";
    private static final long RETRY_MILLIS = 2000;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Kind kind;
    private final Buffer request;
    /** Its item is when it was told, in microseconds since 1970; it fails if it was told something else. */
    private final Promise<Long> told = Promise.promise();
    /** Comes when an event stream has begun, for the others when the request is sent. */
    private final Promise<Void> standing = Promise.promise();

    private String unread = "";
    private final AtomicInteger refusals = new AtomicInteger();

    Waiter(Kind kind, String host, String sid, String token) {
        this.kind = kind;
        this.request =
                Buffer.buffer(kind.request(sid) + "Host: " + host + "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    /** How it waits. */
    enum Kind {
        /** HEAD with {@code Prefer: wait}: the answer's head without the audio, which would measure the store. */
        WAIT {
            @Override
            String request(String sid) {
                return "HEAD /api/recordings/" + sid + "/stream HTTP/1.1\r\nPrefer: wait=25\r\n";
            }
        },
        /** An event stream. */
        EVENTS {
            @Override
            String request(String sid) {
                return "GET /api/recordings/events?sid=" + sid + " HTTP/1.1\r\nAccept: text/event-stream\r\n";
            }
        };

        abstract String request(String sid);
    }

    Kind kind() {
        return kind;
    }

    /** How often the gateway said 503; the waiter came again. */
    int refusals() {
        return refusals.get();
    }

    Future<Long> told() {
        return told.future();
    }

    Future<Void> start(NetClient client, String host, int port) {
        client.connect(port, host).onSuccess(this::connected).onFailure(this::fail);
        return standing.future();
    }

    private void connected(NetSocket socket) {
        socket.handler(bytes -> read(socket, bytes));
        socket.closeHandler(ignored -> fail(new IllegalStateException("the connection was closed")));
        socket.exceptionHandler(this::fail);
        socket.write(request).onFailure(this::fail).onSuccess(ignored -> {
            if (kind == Kind.WAIT) {
                standing.tryComplete();
            }
        });
    }

    private void read(NetSocket socket, Buffer bytes) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        unread += bytes.toString(StandardCharsets.ISO_8859_1);
        switch (kind) {
            case WAIT -> readAnswer(socket, now);
            case EVENTS -> readEvents(now);
        }
    }

    private void readAnswer(NetSocket socket, long now) {
        int end = unread.indexOf(END_OF_HEAD);
        if (end < 0) {
            return;
        }
        String status = unread.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
        unread = unread.substring(end + END_OF_HEAD.length());
        switch (status) {
            case "200" -> told.tryComplete(now);
            // The longest wait is over: a client asks again.
            case "202" -> socket.write(request).onFailure(this::fail);
            // Something was too slow for once; its Retry-After is this long.
            case "503" -> {
                refusals.incrementAndGet();
                Vertx.currentContext()
                        .owner()
                        .setTimer(RETRY_MILLIS, ignored -> socket.write(request).onFailure(this::fail));
            }
            default -> fail(new IllegalStateException("HTTP " + status));
        }
    }

    private void readEvents(long now) {
        if (unread.contains(READY)) {
            told.tryComplete(now);
        }
        int event = unread.lastIndexOf("\n\n");
        if (event >= 0) {
            if (unread.contains("event: recording")) {
                standing.tryComplete();
            }
            unread = unread.substring(event + 2);
        } else if (unread.startsWith("HTTP/1.1 ") && !unread.startsWith("HTTP/1.1 2") && unread.contains(END_OF_HEAD)) {
            fail(new IllegalStateException(unread.substring(0, "HTTP/1.1 200".length())));
        }
    }

    private void fail(Throwable failure) {
        told.tryFail(failure);
        standing.tryFail(failure);
    }
}
