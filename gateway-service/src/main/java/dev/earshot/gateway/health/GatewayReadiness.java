package dev.earshot.gateway.health;

import dev.earshot.gateway.shutdown.Draining;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Down while draining; everything else is told and changes nothing. */
@Readiness
@ApplicationScoped
class GatewayReadiness implements AsyncHealthCheck {
    private final Draining draining;
    private final Dependencies dependencies;

    GatewayReadiness(Draining draining, Dependencies dependencies) {
        this.draining = draining;
        this.dependencies = dependencies;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return dependencies.look().map(this::body);
    }

    private HealthCheckResponse body(SortedMap<String, Boolean> seen) {
        HealthCheckResponseBuilder body =
                HealthCheckResponse.named("gateway").status(!draining.begun()).withData("draining", draining.begun());
        seen.forEach((name, works) -> body.withData(name, works ? "ok" : "degraded"));
        return body.build();
    }
}
