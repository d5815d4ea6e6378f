package dev.earshot.gateway.limit;

import dev.earshot.events.Tenant;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of tokens for each tenant. Memory is bounded by the number of tenants; nothing waits but for the map's own
 * lock, which is held for a look-up. Pure: the clock is given.
 */
final class RateLimits {
    private final Bandwidth bandwidth;
    private final TimeMeter clock;
    private final Map<Tenant, Bucket> buckets;

    RateLimits(int perMinute, int burst, int maxTenants, TimeMeter clock) {
        this.bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perMinute, Duration.ofMinutes(1))
                .build();
        this.clock = clock;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Tenant, Bucket> eldest) {
                return size() > maxTenants;
            }
        };
    }

    /** Takes one request of the tenant. @return how long to wait if there is no room for it, else empty */
    Optional<Duration> take(Tenant tenant) {
        ConsumptionProbe probe = bucket(tenant).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(Tenant tenant) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    tenant,
                    ignored -> Bucket.builder()
                            .addLimit(bandwidth)
                            .withCustomTimePrecision(clock)
                            .build());
        }
    }

    /** How many tenants are counted now. */
    int tenants() {
        synchronized (buckets) {
            return buckets.size();
        }
    }
}
