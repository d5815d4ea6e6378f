package dev.earshot.gateway.limit;

import dev.earshot.events.Tenant;
import io.github.bucket4j.TimeMeter;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The limits as they are configured, or none. A bean of its own: filters are made before configuration is there. */
@Startup
@ApplicationScoped
class TenantRates {
    private final Optional<RateLimits> limits;

    TenantRates(RateLimitConfig config) {
        List<String> problems = new ArrayList<>();
        require(config.perMinute() >= 0, "earshot.rate-limit.per-minute must be at least 0", problems);
        require(config.burst() >= 1, "earshot.rate-limit.burst must be at least 1", problems);
        require(config.maxTenants() >= 1, "earshot.rate-limit.max-tenants must be at least 1", problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
        this.limits = config.perMinute() == 0
                ? Optional.empty()
                : Optional.of(new RateLimits(
                        config.perMinute(), config.burst(), config.maxTenants(), TimeMeter.SYSTEM_NANOTIME));
    }

    private static void require(boolean holds, String problem, List<String> problems) {
        if (!holds) {
            problems.add(problem);
        }
    }

    /** Whether anything is limited. */
    boolean areLimited() {
        return limits.isPresent();
    }

    /** Takes one request of the tenant. @return how long to wait if there is no room for it, else empty */
    Optional<Duration> take(Tenant tenant) {
        return limits.flatMap(some -> some.take(tenant));
    }
}
