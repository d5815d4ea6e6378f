package dev.earshot.gateway.health;

import dev.earshot.gateway.shutdown.Draining;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Down while draining; everything else is told and changes nothing. */
@Readiness
@ApplicationScoped
class GatewayReadiness implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Draining draining;
    private final Instance<Dependency> dependencies;
    private final Map<String, Boolean> last = new ConcurrentHashMap<>();

    GatewayReadiness(Draining draining, @Any Instance<Dependency> dependencies, MeterRegistry meters) {
        this.draining = draining;
        this.dependencies = dependencies;
        dependencies.forEach(each -> Gauge.builder(
                        "earshot.dependency.up", last, seen -> seen.getOrDefault(each.name(), true) ? 1 : 0)
                .description("Whether a shared dependency worked at the last look at the health body")
                .tag("dependency", each.name())
                .register(meters));
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Multi.createFrom()
                .iterable(dependencies)
                .onItem()
                .transformToUniAndMerge(this::look)
                .collect()
                .asList()
                .map(ignored -> body());
    }

    private Uni<Boolean> look(Dependency dependency) {
        return dependency
                .works()
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(false)
                .invoke(works -> last.put(dependency.name(), works));
    }

    private HealthCheckResponse body() {
        HealthCheckResponseBuilder body =
                HealthCheckResponse.named("gateway").status(!draining.begun()).withData("draining", draining.begun());
        last.forEach((name, works) -> body.withData(name, works ? "ok" : "degraded"));
        return body.build();
    }
}
