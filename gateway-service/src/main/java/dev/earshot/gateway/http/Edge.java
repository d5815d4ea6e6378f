package dev.earshot.gateway.http;

import dev.earshot.gateway.problem.AllowedMethods;
import dev.earshot.gateway.problem.PlainProblem;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.shutdown.Draining;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every request: the header fields of its answer, set just before the head is sent so that no answer can
 * forget them, and the drain's knowledge of it. What needs no resource is answered here: OPTIONS, and bodies that are too
 * large by their own word.
 */
@ApplicationScoped
class Edge {
    private static final int EARLY = 10_000;
    /** To read an answer that comes before the request is sent; a close at once would reset it away. */
    private static final long LINGER_MILLIS = 500;

    private final Draining draining;
    private final Cors cors;
    private final Clock clock;
    private final long largestBody;

    Edge(
            Draining draining,
            CorsConfig cors,
            Clock clock,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
        this.draining = draining;
        this.cors = Cors.of(cors);
        this.clock = clock;
        this.largestBody = largestBody.asLongValue();
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
        answer(routing);
    }

    private void answer(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.method().equals(HttpMethod.OPTIONS)) {
            options(routing);
        } else if (declaredLength(request) > largestBody) {
            refuseBody(routing);
        } else if (BearerToken.isHollow(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            // The OpenID Connect extension fails on it, as if that were our fault.
            PlainProblem.send(
                    routing,
                    Problem.of(ProblemType.UNAUTHENTICATED)
                            .header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
        } else {
            routing.next();
        }
    }

    /** Nobody reads the body, so an HTTP/1 connection cannot be used again; a client that still sends may read why. */
    private static void refuseBody(RoutingContext routing) {
        Problem problem = Problem.of(ProblemType.BODY_TOO_LARGE);
        if (routing.request().version() == HttpVersion.HTTP_2) {
            PlainProblem.send(routing, problem);
            return;
        }
        HttpConnection connection = routing.request().connection();
        PlainProblem.send(routing, problem.header("Connection", "close"));
        routing.vertx().setTimer(LINGER_MILLIS, ignored -> {
            var unused = connection.close();
        });
    }

    /** Without credentials: a browser sends none with a preflight, and what a route allows is no secret. */
    private void options(RoutingContext routing) {
        String methods = AllowedMethods.of(routing.normalizedPath());
        if (methods.isEmpty()) {
            PlainProblem.send(routing, Problem.of(ProblemType.NOT_FOUND));
            return;
        }
        routing.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, methods);
        if (routing.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null) {
            cors.preflight(origin(routing), methods).forEach(routing.response()::putHeader);
        }
        var unused = routing.response().end();
    }

    private static long declaredLength(HttpServerRequest request) {
        @Nullable String text = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            // The server itself refuses what is no number; what is left has too many digits.
            return Long.MAX_VALUE;
        }
    }

    private void complete(RoutingContext routing) {
        MultiMap headers = routing.response().headers();
        if (draining.begun() && routing.request().version() == HttpVersion.HTTP_1_1) {
            // The next request of this client belongs to another replica.
            headers.set(HttpHeaders.CONNECTION, "close");
        }
        // RFC 9110 section 6.6.1: a server with a clock tells the time; caches compute a copy's age from it.
        if (!headers.contains(HttpHeaders.DATE)) {
            headers.set(HttpHeaders.DATE, HttpDate.format(clock.instant()));
        }
        SecurityHeaders.complete(headers);
        cors.headers(origin(routing)).forEach(headers::set);
        if (cors.varies()) {
            headers.add(HttpHeaders.VARY, "Origin");
        }
    }

    private static Optional<String> origin(RoutingContext routing) {
        return Optional.ofNullable(routing.request().getHeader(HttpHeaders.ORIGIN));
    }

    @Produces
    @Singleton
    @DefaultBean
    static Clock clock() {
        return Clock.systemUTC();
    }
}
