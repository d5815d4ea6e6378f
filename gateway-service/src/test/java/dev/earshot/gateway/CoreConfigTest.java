package dev.earshot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.Topics;
import dev.earshot.gateway.fetch.OutcomesConfig;
import dev.earshot.gateway.fetch.PrefetchConfig;
import dev.earshot.gateway.fetch.SweeperConfig;
import dev.earshot.gateway.fetch.VisibilityConfig;
import dev.earshot.gateway.notify.WaitersConfig;
import dev.earshot.gateway.recording.DatabaseConfig;
import dev.earshot.gateway.recording.FetchConfig;
import dev.earshot.gateway.recording.VanishedBreaker;
import dev.earshot.gateway.store.S3ControlConfig;
import dev.earshot.gateway.tenant.AccountsConfig;
import dev.earshot.gateway.tenant.PlaybackWindowConfig;
import dev.earshot.gateway.tenant.TenantsConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and defaults are a promise to whoever operates this: changing one is a decision, so it breaks a test. */
class CoreConfigTest {
    private static final long DELIVERY_TIMEOUT_MILLIS = 5000;
    private static final Map<String, String> DEFAULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("earshot.database.dead-after", "10s"),
            Map.entry("earshot.database.timeout", "3s"),
            Map.entry("earshot.fetch.backoff.click-floor", "10s"),
            Map.entry("earshot.fetch.backoff.initial", "2s"),
            Map.entry("earshot.fetch.backoff.jitter", "0.2"),
            Map.entry("earshot.fetch.backoff.max", "5m"),
            Map.entry("earshot.fetch.backoff.multiplier", "2"),
            Map.entry("earshot.fetch.backoff.retry-after-max", "1h"),
            Map.entry("earshot.fetch.backoff.unauthorized", "1m"),
            Map.entry("earshot.fetch.backoff.uncounted-max", "30s"),
            Map.entry("earshot.fetch.cool-down", "15m"),
            Map.entry("earshot.fetch.give-up-after", "24h"),
            Map.entry("earshot.fetch.max-attempts", "10"),
            Map.entry("earshot.fetch.max-not-audio", "3"),
            Map.entry("earshot.fetch.publish-check", "10s"),
            Map.entry("earshot.fetch.silence-limit", "30m"),
            Map.entry("earshot.notify.dead-after", "5s"),
            Map.entry("earshot.notify.heartbeat", "1s"),
            Map.entry("earshot.notify.max-waiters", "20000"),
            Map.entry("earshot.outcomes.in-hand", "64"),
            Map.entry("earshot.outcomes.retry-initial", "250ms"),
            Map.entry("earshot.outcomes.retry-max", "5s"),
            Map.entry("earshot.outcomes.drain", "5s"),
            Map.entry("earshot.outcomes.tries", "5"),
            Map.entry("earshot.playback.window", "7d"),
            Map.entry("earshot.prefetch.in-flight", "20"),
            Map.entry("earshot.store.control-timeout", "5s"),
            Map.entry("earshot.store.vanished-per-minute", "20"),
            Map.entry("earshot.store.visibility-wait", "5s"),
            Map.entry("earshot.sweeper.batch-size", "100"),
            Map.entry("earshot.sweeper.interval", "1s")));

    @Test
    void namesAndDefaultsStand() {
        SmallRyeConfig config = config(Map.of());

        Map<String, String> defaults = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("earshot.")
                    && !name.equals("earshot.store.bucket")
                    && !name.equals("earshot.accounts.directory")) {
                defaults.put(name, config.getConfigValue(name).getValue());
            }
        }

        assertThat(defaults).isEqualTo(DEFAULTS);
    }

    @Test
    void tenantsNeedNoFolder() {
        SmallRyeConfig config = config(Map.of());

        assertThat(config.getConfigMapping(TenantsConfig.class).directory()).isEmpty();
        assertThat(config.getConfigMapping(PlaybackWindowConfig.class).value()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void theDefaultsWork() {
        assertThatCode(() -> check(Map.of(), DELIVERY_TIMEOUT_MILLIS)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "earshot.database.dead-after,3s",
        "earshot.database.timeout,0s",
        "earshot.fetch.backoff.click-floor,PT-1S",
        "earshot.fetch.backoff.initial,0s",
        "earshot.fetch.backoff.initial,10m",
        "earshot.fetch.backoff.jitter,1",
        "earshot.fetch.backoff.jitter,-0.1",
        "earshot.fetch.backoff.multiplier,0.5",
        "earshot.fetch.backoff.retry-after-max,0s",
        "earshot.fetch.backoff.unauthorized,0s",
        "earshot.fetch.backoff.uncounted-max,0s",
        "earshot.fetch.cool-down,0s",
        "earshot.fetch.give-up-after,0s",
        "earshot.fetch.max-attempts,0",
        "earshot.fetch.max-not-audio,0",
        "earshot.fetch.publish-check,0s",
        "earshot.fetch.publish-check,5s",
        "earshot.fetch.silence-limit,10s",
        "earshot.notify.dead-after,1s",
        "earshot.notify.heartbeat,0s",
        "earshot.notify.max-waiters,-1",
        "earshot.outcomes.in-hand,0",
        "earshot.outcomes.retry-initial,0s",
        "earshot.outcomes.retry-initial,6s",
        "earshot.outcomes.drain,0s",
        "earshot.outcomes.tries,1",
        "earshot.prefetch.in-flight,-1",
        "earshot.store.bucket,' '",
        "earshot.store.control-timeout,0s",
        "earshot.store.control-timeout,10s",
        "earshot.store.vanished-per-minute,0",
        "earshot.store.visibility-wait,PT-1S",
        "earshot.sweeper.batch-size,0",
        "earshot.sweeper.interval,0s"
    })
    void aValueThatCannotWorkIsRefusedByName(String key, String value) {
        assertThatThrownBy(() -> check(Map.of(key, value), DELIVERY_TIMEOUT_MILLIS))
                .hasMessageContaining(key);
    }

    @Test
    void aClaimIsNotPublishedAgainWhileItIsStillOnItsWay() {
        assertThatThrownBy(() -> check(Map.of(), 10_000)).hasMessageContaining("earshot.fetch.publish-check");
    }

    @Test
    void channelsUseTheContractsTopicsAndTheAgreedGroup() throws IOException {
        Properties shipped = shipped();

        assertThat(shipped)
                .containsEntry("mp.messaging.outgoing.fetch-requests.topic", Topics.FETCH_REQUESTS)
                .containsEntry("mp.messaging.outgoing.prefetch-requests.topic", Topics.PREFETCH_REQUESTS)
                .containsEntry("mp.messaging.outgoing.recordings.topic", Topics.RECORDINGS)
                .containsEntry("mp.messaging.outgoing.dead-letters.topic", Topics.deadLetters(Topics.FETCH_OUTCOMES))
                .containsEntry("mp.messaging.incoming.fetch-outcomes.topic", Topics.FETCH_OUTCOMES)
                .containsEntry("mp.messaging.outgoing.listing-requests.topic", Topics.LISTING_REQUESTS)
                .containsEntry(
                        "mp.messaging.incoming.discovery.topics",
                        Topics.RECORDINGS_SEEN + "," + Topics.LISTING_PROGRESS)
                .containsEntry("mp.messaging.incoming.discovery.group.id", "earshot-gateway-discovery")
                .containsEntry("mp.messaging.incoming.discovery.commit-strategy", "throttled")
                .containsEntry("mp.messaging.incoming.discovery.throttled.unprocessed-record-max-age.ms", "0")
                .containsEntry("mp.messaging.incoming.fetch-outcomes.group.id", "earshot-gateway")
                .containsEntry("mp.messaging.incoming.fetch-outcomes.commit-strategy", "throttled")
                .containsEntry("mp.messaging.incoming.fetch-outcomes.throttled.unprocessed-record-max-age.ms", "0");
    }

    @ParameterizedTest(name = "dead after {0}, idle time-out {1}")
    @CsvSource({"6s,5S", "4s,5S", "10s,9S", "10s,0S", "10s,"})
    void aConnectionThatOnlyRestsIsNotTakenForDead(String deadAfter, @Nullable String idleTimeout) {
        Optional<Duration> idle = Optional.ofNullable(idleTimeout).map(new DurationConverter()::convert);

        assertThatThrownBy(() -> check(Map.of("earshot.database.dead-after", deadAfter), DELIVERY_TIMEOUT_MILLIS, idle))
                .hasMessageContaining("earshot.database.dead-after")
                .hasMessageContaining("quarkus.datasource.reactive.idle-timeout");
    }

    private static void check(Map<String, String> values, long deliveryTimeoutMillis) {
        Optional<Duration> shipped;
        try {
            shipped = Optional.of(
                    new DurationConverter().convert(shipped().getProperty("quarkus.datasource.reactive.idle-timeout")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        check(values, deliveryTimeoutMillis, shipped);
    }

    private static void check(
            Map<String, String> values, long deliveryTimeoutMillis, Optional<Duration> poolIdleTimeout) {
        SmallRyeConfig config = config(values);
        var ignored = new StartupChecks(
                config.getConfigMapping(FetchConfig.class),
                config.getConfigMapping(SweeperConfig.class),
                config.getConfigMapping(PrefetchConfig.class),
                config.getConfigMapping(OutcomesConfig.class),
                config.getConfigMapping(VisibilityConfig.class),
                config.getConfigMapping(VanishedBreaker.Config.class),
                config.getConfigMapping(S3ControlConfig.class),
                config.getConfigMapping(DatabaseConfig.class),
                poolIdleTimeout,
                config.getConfigMapping(WaitersConfig.class),
                deliveryTimeoutMillis);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(FetchConfig.class)
                .withMapping(SweeperConfig.class)
                .withMapping(PrefetchConfig.class)
                .withMapping(OutcomesConfig.class)
                .withMapping(VisibilityConfig.class)
                .withMapping(VanishedBreaker.Config.class)
                .withMapping(S3ControlConfig.class)
                .withMapping(DatabaseConfig.class)
                .withMapping(WaitersConfig.class)
                .withMapping(AccountsConfig.class)
                .withMapping(TenantsConfig.class)
                .withMapping(PlaybackWindowConfig.class)
                .withDefaultValue("earshot.store.bucket", "recordings")
                .withDefaultValue("earshot.accounts.directory", "accounts")
                .withSources(new PropertiesConfigSource(values, "test", 200))
                .build();
    }

    private static Properties shipped() throws IOException {
        Properties shipped = new Properties();
        try (InputStream file = CoreConfigTest.class.getResourceAsStream("/application.properties")) {
            assertThat(file).isNotNull();
            shipped.load(file);
        }
        return shipped;
    }
}
