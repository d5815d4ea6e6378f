package dev.earshot.gateway.limit;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what is over the tenant's rate: after the credentials were verified and before anything else is looked at, the
 * body included. What carries no tenant is refused later for that, and Twilio's webhooks are never counted: one that is
 * refused is lost.
 */
@Singleton
class RateLimitFilter {
    private static final String WEBHOOKS = "/webhooks/";

    private final Callers callers;
    private final TenantRates rates;

    RateLimitFilter(Callers callers, TenantRates rates) {
        this.callers = callers;
        this.rates = rates;
    }

    /** Also for a route that is added later: whatever needs credentials is counted. */
    @ServerRequestFilter
    Uni<Void> limit(ContainerRequestContext request) {
        return !rates.areLimited() || request.getUriInfo().getPath().startsWith(WEBHOOKS)
                ? Uni.createFrom().voidItem()
                : callers.tenant().invoke(this::take).replaceWithVoid();
    }

    private void take(Optional<Tenant> tenant) {
        Optional<Duration> wait = tenant.flatMap(rates::take);
        if (wait.isPresent()) {
            throw Problem.of(ProblemType.RATE_LIMITED).retryAfter(wait.get());
        }
    }
}
