package dev.earshot.gateway.console;

import dev.earshot.gateway.problem.PlainProblem;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * A browser sends its cookies along whoever asks for the request, so what changes something by a cookie must come from our own page:
 * browsers tell the origin of every such request, and no page can make them tell another. Looked at before the session is, so that a
 * foreign page cannot even have one renewed.
 */
@ApplicationScoped
class OwnOrigin {
    /** After the edge, which completes the answer, and before anything is authenticated. */
    private static final int EARLY = 9_000;
    /** RFC 9110 section 9.2.1, without TRACE, which nothing here answers. */
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final ConsoleConfig config;
    private final PublicOrigin origin;
    private final MeterRegistry meters;

    OwnOrigin(ConsoleConfig config, PublicOrigin origin, MeterRegistry meters) {
        this.config = config;
        this.origin = origin;
        this.meters = meters;
    }

    void register(@Observes Filters filters) {
        if (config.clientId().isPresent()) {
            filters.register(this::check, EARLY);
        }
    }

    private void check(RoutingContext routing) {
        boolean safe = SAFE.contains(routing.request().method());
        if (safe || !ConsoleTenant.isBySession(routing) || isOwn(routing)) {
            routing.next();
            return;
        }
        Problem problem = Problem.of(ProblemType.FOREIGN_ORIGIN);
        meters.counter("earshot.http.problems", "code", problem.type().code()).increment();
        PlainProblem.send(routing, problem);
    }

    private boolean isOwn(RoutingContext routing) {
        return origin.value().equals(routing.request().getHeader(HttpHeaders.ORIGIN));
    }
}
