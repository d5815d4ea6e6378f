package dev.earshot.fetcher.twilio;

import dev.earshot.fetcher.failure.Trouble;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Names what broke a connection, without the addresses that the exceptions' own messages carry. */
final class Breakage {
    private Breakage() {}

    static Trouble beforeAnswer(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException ignored -> new Trouble.TimedOut("no connection in time");
            case TimeoutException ignored -> new Trouble.TimedOut("no connection in time");
            case UnknownHostException ignored -> new Trouble.ConnectionFailed("the host's name was not found");
            case ConnectException ignored -> new Trouble.ConnectionFailed("the connection was refused");
            case SSLException ignored -> new Trouble.ConnectionFailed("TLS failed");
            case HttpClosedException ignored ->
                new Trouble.ConnectionFailed("the connection was closed before an answer");
            default -> new Trouble.ConnectionFailed("the connection broke before an answer (" + name(cause) + ")");
        };
    }

    /** A clean close cuts a body short; anything rougher is a broken connection. */
    static Trouble inBody(Throwable cause) {
        return cause instanceof HttpClosedException
                ? new Trouble.CutShort("the connection was closed inside the body")
                : new Trouble.ConnectionFailed("the connection broke inside the body (" + name(cause) + ")");
    }

    private static String name(Throwable cause) {
        String message = cause.getMessage();
        boolean reset = message != null && message.toLowerCase(Locale.ROOT).contains("reset");
        return reset ? "reset" : cause.getClass().getSimpleName();
    }
}
