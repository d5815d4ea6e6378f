package dev.earshot.gateway.http;

import io.quarkus.arc.DefaultBean;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Header fields of every answer, set just before the head is sent so that no answer can forget them. */
@ApplicationScoped
class Edge {
    private static final int EARLY = 10_000;

    void register(@Observes Filters filters) {
        filters.register(Edge::protect, EARLY);
    }

    private static void protect(RoutingContext routing) {
        routing.addHeadersEndHandler(ignored -> complete(routing.response()));
        routing.next();
    }

    private static void complete(HttpServerResponse response) {
        response.headers().set("X-Content-Type-Options", "nosniff");
        response.headers().set("Referrer-Policy", "no-referrer");
        response.headers().set("X-Frame-Options", "DENY");
        response.headers().set("Cross-Origin-Resource-Policy", "same-site");
        if (!response.headers().contains(HttpHeaders.CACHE_CONTROL)) {
            response.headers().set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
