package dev.earshot.fetcher.health;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Always UP: tells by name what is degraded, as data. */
@Readiness
class DependenciesReport implements HealthCheck {
    private final Dependencies dependencies;

    @Inject
    DependenciesReport(Dependencies dependencies) {
        this.dependencies = dependencies;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder report =
                HealthCheckResponse.named("dependencies").up();
        dependencies.states().forEach(report::withData);
        return report.build();
    }
}
