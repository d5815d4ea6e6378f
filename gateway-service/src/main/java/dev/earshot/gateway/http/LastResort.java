package dev.earshot.gateway.http;

import dev.earshot.gateway.problem.AllowedMethods;
import dev.earshot.gateway.problem.PlainProblem;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers what fails outside the resources. The server's own page would tell a failure's text and, outside production,
 * its stack.
 */
@ApplicationScoped
class LastResort {
    /** Before the server's own handler; failures meet the handlers in the order of requests. */
    private static final int EARLY = -20_000;

    private final MeterRegistry meters;

    LastResort(MeterRegistry meters) {
        this.meters = meters;
    }

    void register(@Observes Router router) {
        router.route().order(EARLY).failureHandler(this::answer);
    }

    private void answer(RoutingContext routing) {
        // What the security layer refuses has a challenge to be made.
        if (routing.response().headWritten() || routing.failure() instanceof SecurityException) {
            routing.next();
            return;
        }
        Problem problem = PlainProblem.of(routing.statusCode(), routing.failure());
        meters.counter("earshot.http.problems", "code", problem.type().code()).increment();
        // It may have failed before the edge has seen it.
        SecurityHeaders.complete(routing.response().headers());
        PlainProblem.send(
                routing,
                problem.type() == ProblemType.METHOD_NOT_ALLOWED
                        ? problem.header("Allow", AllowedMethods.of(routing.normalizedPath()))
                        : problem);
    }
}
