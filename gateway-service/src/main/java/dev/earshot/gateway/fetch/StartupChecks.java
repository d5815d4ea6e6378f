package dev.earshot.gateway.fetch;

import dev.earshot.gateway.recording.FetchConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a configuration that would break a promise; each message names the key. */
@Startup
@ApplicationScoped
class StartupChecks {
    StartupChecks(
            FetchConfig fetch,
            SweeperConfig sweeper,
            PrefetchConfig prefetch,
            @ConfigProperty(name = "mp.messaging.connector.smallrye-kafka.delivery.timeout.ms", defaultValue = "5000")
                    long deliveryTimeoutMillis) {
        check(fetch, deliveryTimeoutMillis);
        require(
                !sweeper.interval().isNegative() && !sweeper.interval().isZero(),
                "earshot.sweeper.interval must be more than zero");
        require(sweeper.batchSize() > 0, "earshot.sweeper.batch-size must be more than zero");
        require(prefetch.inFlight() >= 0, "earshot.prefetch.in-flight must not be negative");
    }

    static void check(FetchConfig fetch, long deliveryTimeoutMillis) {
        positive(fetch.publishCheck(), "earshot.fetch.publish-check");
        positive(fetch.silenceLimit(), "earshot.fetch.silence-limit");
        positive(fetch.backoff().initial(), "earshot.fetch.backoff.initial");
        require(fetch.maxAttempts() > 0, "earshot.fetch.max-attempts must be more than zero");
        require(fetch.maxNotAudio() > 0, "earshot.fetch.max-not-audio must be more than zero");
        require(fetch.backoff().multiplier() >= 1, "earshot.fetch.backoff.multiplier must be at least 1");
        require(
                fetch.backoff().jitter() >= 0 && fetch.backoff().jitter() < 1,
                "earshot.fetch.backoff.jitter must be at least 0 and less than 1");
        require(
                fetch.backoff().max().compareTo(fetch.backoff().initial()) >= 0,
                "earshot.fetch.backoff.max must not be less than earshot.fetch.backoff.initial");
        require(
                deliveryTimeoutMillis < fetch.publishCheck().toMillis(),
                "earshot.fetch.publish-check must be longer than the producers' delivery.timeout.ms, or a claim is"
                        + " published twice");
        require(
                fetch.silenceLimit().compareTo(fetch.publishCheck()) > 0,
                "earshot.fetch.silence-limit must be longer than earshot.fetch.publish-check");
    }

    private static void positive(Duration value, String key) {
        require(!value.isNegative() && !value.isZero(), key + " must be more than zero");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }
}
