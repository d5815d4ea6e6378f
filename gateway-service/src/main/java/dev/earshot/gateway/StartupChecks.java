package dev.earshot.gateway;

import dev.earshot.gateway.fetch.OutcomesConfig;
import dev.earshot.gateway.fetch.PrefetchConfig;
import dev.earshot.gateway.fetch.SweeperConfig;
import dev.earshot.gateway.fetch.VisibilityConfig;
import dev.earshot.gateway.notify.WaitersConfig;
import dev.earshot.gateway.recording.DatabaseConfig;
import dev.earshot.gateway.recording.FetchConfig;
import dev.earshot.gateway.recording.VanishedBreaker;
import dev.earshot.gateway.store.S3ControlConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a configuration that would break a promise, and names the key: a bound that contradicts another one would show
 * only under load, as an answer that nobody understands.
 */
@Startup
@Singleton
public class StartupChecks {
    /** Vert.x's {@code PoolOptions.DEFAULT_POOL_CLEANER_PERIOD}, which Quarkus leaves as it is. */
    private static final Duration POOL_LOOKS_EVERY = Duration.ofSeconds(1);

    private final List<String> problems = new ArrayList<>();

    /** @throws IllegalStateException that names every key which cannot be so */
    @Inject
    public StartupChecks(
            FetchConfig fetch,
            SweeperConfig sweeper,
            PrefetchConfig prefetch,
            OutcomesConfig outcomes,
            VisibilityConfig visibility,
            VanishedBreaker.Config vanished,
            S3ControlConfig store,
            DatabaseConfig database,
            @ConfigProperty(name = "quarkus.datasource.reactive.idle-timeout") Optional<Duration> poolIdleTimeout,
            WaitersConfig waiters,
            @ConfigProperty(name = "mp.messaging.connector.smallrye-kafka.delivery.timeout.ms", defaultValue = "120000")
                    long deliveryTimeoutMillis) {
        attempts(fetch);
        backoff(fetch.backoff());
        times(fetch, Duration.ofMillis(deliveryTimeoutMillis), store);
        positive("earshot.sweeper.interval", sweeper.interval());
        atLeast("earshot.sweeper.batch-size", sweeper.batchSize(), 1);
        atLeast("earshot.prefetch.in-flight", prefetch.inFlight(), 0);
        outcomes(outcomes);
        require(!visibility.visibilityWait().isNegative(), "earshot.store.visibility-wait must not be negative");
        atLeast("earshot.store.vanished-per-minute", vanished.vanishedPerMinute(), 1);
        require(!store.bucket().isBlank(), "earshot.store.bucket must not be empty");
        positive("earshot.store.control-timeout", store.controlTimeout());
        database(database, poolIdleTimeout.orElse(Duration.ZERO));
        waiters(waiters);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The configuration cannot work: " + String.join("; ", problems));
        }
    }

    private void attempts(FetchConfig fetch) {
        atLeast("earshot.fetch.max-attempts", fetch.maxAttempts(), 1);
        atLeast("earshot.fetch.max-not-audio", fetch.maxNotAudio(), 1);
        positive("earshot.fetch.give-up-after", fetch.giveUpAfter());
        positive("earshot.fetch.cool-down", fetch.coolDown());
    }

    private void backoff(FetchConfig.Backoff backoff) {
        positive("earshot.fetch.backoff.initial", backoff.initial());
        require(
                backoff.multiplier() >= 1 && Double.isFinite(backoff.multiplier()),
                "earshot.fetch.backoff.multiplier must be at least 1");
        require(
                backoff.jitter() >= 0 && backoff.jitter() < 1,
                "earshot.fetch.backoff.jitter must be at least 0 and less than 1");
        atMost("earshot.fetch.backoff.initial", backoff.initial(), "earshot.fetch.backoff.max", backoff.max());
        positive("earshot.fetch.backoff.uncounted-max", backoff.uncountedMax());
        positive("earshot.fetch.backoff.unauthorized", backoff.unauthorized());
        positive("earshot.fetch.backoff.retry-after-max", backoff.retryAfterMax());
        require(!backoff.clickFloor().isNegative(), "earshot.fetch.backoff.click-floor must not be negative");
    }

    private void times(FetchConfig fetch, Duration delivery, S3ControlConfig store) {
        positive("earshot.fetch.publish-check", fetch.publishCheck());
        positive("earshot.fetch.silence-limit", fetch.silenceLimit());
        require(
                delivery.compareTo(fetch.publishCheck()) < 0,
                "earshot.fetch.publish-check must be longer than the producers' delivery.timeout.ms, or a claim is"
                        + " published twice");
        require(
                fetch.silenceLimit().compareTo(fetch.publishCheck()) > 0,
                "earshot.fetch.silence-limit must be longer than earshot.fetch.publish-check");
        require(
                store.controlTimeout().compareTo(fetch.publishCheck()) < 0,
                "earshot.store.control-timeout must be shorter than earshot.fetch.publish-check, or a purge is leased"
                        + " again while it runs");
    }

    private void outcomes(OutcomesConfig outcomes) {
        atLeast("earshot.outcomes.in-hand", outcomes.inHand(), 1);
        positive("earshot.outcomes.drain", outcomes.drain());
        atLeast("earshot.outcomes.tries", outcomes.tries(), 2);
        positive("earshot.outcomes.retry-initial", outcomes.retryInitial());
        atMost(
                "earshot.outcomes.retry-initial",
                outcomes.retryInitial(),
                "earshot.outcomes.retry-max",
                outcomes.retryMax());
    }

    /** A connection that rests brings nothing either, until the pool's next look after its idle time-out puts it away. */
    private void database(DatabaseConfig database, Duration poolIdleTimeout) {
        positive("earshot.database.timeout", database.timeout());
        require(
                database.deadAfter().compareTo(database.timeout()) > 0,
                "earshot.database.dead-after must be longer than earshot.database.timeout");
        require(
                poolIdleTimeout.toMillis() > 0
                        && database.deadAfter().compareTo(poolIdleTimeout.plus(POOL_LOOKS_EVERY)) > 0,
                "earshot.database.dead-after must be longer by more than "
                        + POOL_LOOKS_EVERY.toSeconds()
                        + " s than quarkus.datasource.reactive.idle-timeout, which must be set, or a connection that only"
                        + " rests is taken for dead just as a request is given it");
    }

    private void waiters(WaitersConfig waiters) {
        atLeast("earshot.notify.max-waiters", waiters.maxWaiters(), 0);
        positive("earshot.notify.heartbeat", waiters.heartbeat());
        require(
                waiters.deadAfter().compareTo(waiters.heartbeat()) > 0,
                "earshot.notify.dead-after must be longer than earshot.notify.heartbeat");
    }

    /** In milliseconds, as timers count: what is shorter is none. */
    private void positive(String key, Duration value) {
        require(value.toMillis() > 0, key + " must be more than 0");
    }

    private void atLeast(String key, int value, int least) {
        require(value >= least, key + " must be at least " + least);
    }

    private void atMost(String key, Duration value, String limitKey, Duration limit) {
        require(value.compareTo(limit) <= 0, key + " must not be more than " + limitKey);
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
