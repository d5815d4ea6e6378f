package dev.earshot.gateway.limit;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.github.bucket4j.TimeMeter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what is over the tenant's rate: after the credentials were verified and before anything else is looked at, the
 * body included. What carries no tenant is refused later for that, and Twilio's webhooks are never counted: one that is
 * refused is lost.
 */
@Singleton
final class RateLimitFilter {
    private static final String WEBHOOKS = "/webhooks/";

    private final Callers callers;
    private final Optional<RateLimits> limits;

    RateLimitFilter(RateLimitConfig config, Callers callers) {
        this.callers = callers;
        this.limits = limits(config);
    }

    private static Optional<RateLimits> limits(RateLimitConfig config) {
        List<String> problems = new ArrayList<>();
        require(config.perMinute() >= 0, "earshot.rate-limit.per-minute must be at least 0", problems);
        require(config.burst() >= 1, "earshot.rate-limit.burst must be at least 1", problems);
        require(config.maxTenants() >= 1, "earshot.rate-limit.max-tenants must be at least 1", problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
        return config.perMinute() == 0
                ? Optional.empty()
                : Optional.of(new RateLimits(
                        config.perMinute(), config.burst(), config.maxTenants(), TimeMeter.SYSTEM_NANOTIME));
    }

    private static void require(boolean holds, String problem, List<String> problems) {
        if (!holds) {
            problems.add(problem);
        }
    }

    /** Also for a route that is added later: whatever needs credentials is counted. */
    @ServerRequestFilter
    Uni<Void> limit(ContainerRequestContext request) {
        return limits.isEmpty() || request.getUriInfo().getPath().startsWith(WEBHOOKS)
                ? Uni.createFrom().voidItem()
                : callers.tenant().map(tenant -> take(limits.get(), tenant)).replaceWithVoid();
    }

    private static Optional<Tenant> take(RateLimits limits, Optional<Tenant> tenant) {
        Optional<Duration> wait = tenant.flatMap(limits::take);
        if (wait.isPresent()) {
            throw Problem.of(ProblemType.RATE_LIMITED).retryAfter(wait.get());
        }
        return tenant;
    }
}
