package dev.earshot.gateway.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One GET at the store, from asking for a connection to the head of the answer, alive on one context. Whoever asked may
 * leave at any moment; then the connection is given up however far it is, or nobody would ever read or close it.
 */
final class S3Get {
    private final Vertx vertx;
    private final Context context;
    private @Nullable HttpClientRequest request;
    private boolean abandoned;

    S3Get(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    /** The head of the answer; its body is paused. */
    Future<HttpClientResponse> send(HttpClient client, RequestOptions options, Duration firstByteTimeout) {
        return client.request(options).compose(made -> {
            // What goes wrong is told by the future; Vert.x would log our own reset as an error.
            request = made.exceptionHandler(ignored -> {});
            if (abandoned) {
                made.reset();
                return Future.failedFuture("nobody waits for it any more");
            }
            return sendInTime(made, firstByteTimeout);
        });
    }

    /** Vert.x' own time-out would also hit a stream that is paused because its listener is. */
    private Future<HttpClientResponse> sendInTime(HttpClientRequest made, Duration firstByteTimeout) {
        long timer = vertx.setTimer(Math.max(1, firstByteTimeout.toMillis()), ignored -> made.reset());
        return made.send().map(S3Get::paused).onComplete(ignored -> vertx.cancelTimer(timer));
    }

    /** Until somebody reads it: whoever does has a handler of his own. */
    private static HttpClientResponse paused(HttpClientResponse response) {
        return response.exceptionHandler(ignored -> {}).pause();
    }

    /** Nobody waits for it any more. Any thread. */
    void abandon() {
        context.runOnContext(ignored -> {
            abandoned = true;
            if (request != null) {
                request.reset();
            }
        });
    }
}
