package dev.earshot.gateway.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** An answer that is decided and not yet sent. */
@FunctionalInterface
interface Reply {
    void send(RoutingContext routing);

    /** To a place of our own choice. */
    static Reply redirect(int status, String location) {
        return routing -> {
            var unused = routing.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.LOCATION, location)
                    .end();
        };
    }
}
