package dev.earshot.fetcher.health;

import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** UP while running. Wrong configuration never gets here: it refuses start-up. */
@Readiness
class FetcherReadiness implements HealthCheck {
    private final Lifecycle lifecycle;

    @Inject
    FetcherReadiness(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        Lifecycle.Phase phase = lifecycle.phase();
        return HealthCheckResponse.named("fetcher")
                .status(phase == Lifecycle.Phase.RUNNING)
                .withData("phase", phase.name().toLowerCase(Locale.ROOT))
                .build();
    }
}
