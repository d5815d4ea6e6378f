package dev.earshot.gateway.http;

import dev.earshot.gateway.shutdown.Draining;
import io.quarkus.arc.DefaultBean;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What holds for every request: the header fields of its answer, set just before the head is sent so that no answer can
 * forget them, and the drain's knowledge of it.
 */
@ApplicationScoped
class Edge {
    private static final int EARLY = 10_000;

    private final Draining draining;

    Edge(Draining draining) {
        this.draining = draining;
    }

    void register(@Observes Filters filters) {
        filters.register(this::protect, EARLY);
    }

    private void protect(RoutingContext routing) {
        draining.requestBegan();
        // The head counts as the answer, since a refused body (413) reports no end; a stream is counted by its sender.
        AtomicBoolean answered = new AtomicBoolean();
        Runnable once = () -> {
            if (answered.compareAndSet(false, true)) {
                draining.requestEnded();
            }
        };
        routing.addEndHandler(ignored -> once.run());
        routing.addHeadersEndHandler(ignored -> {
            complete(routing);
            once.run();
        });
        routing.next();
    }

    private void complete(RoutingContext routing) {
        HttpServerResponse response = routing.response();
        if (draining.begun() && routing.request().version() == HttpVersion.HTTP_1_1) {
            // The next request of this client belongs to another replica.
            response.headers().set(HttpHeaders.CONNECTION, "close");
        }
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
