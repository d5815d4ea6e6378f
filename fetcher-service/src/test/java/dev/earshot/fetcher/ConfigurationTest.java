package dev.earshot.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Lane;
import dev.earshot.events.Topics;
import dev.earshot.fetcher.fetch.FetchConfig;
import dev.earshot.fetcher.listing.ListingConfig;
import dev.earshot.fetcher.outcome.OutcomeConfig;
import dev.earshot.fetcher.peaks.PeaksConfig;
import dev.earshot.fetcher.request.RequestConfig;
import dev.earshot.fetcher.spool.SpoolConfig;
import dev.earshot.fetcher.store.StoreConfig;
import dev.earshot.fetcher.twilio.AccountsConfig;
import dev.earshot.fetcher.twilio.MediaConfig;
import dev.earshot.fetcher.twilio.TwilioConfig;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Names and defaults are a promise to whoever operates this: changing one is a decision, so it breaks a test. */
class ConfigurationTest {
    private static final Map<String, String> DEFAULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("earshot.announce.retry-initial", "200ms"),
            Map.entry("earshot.announce.retry-max", "5s"),
            Map.entry("earshot.fetch.breaker.failures", "10"),
            Map.entry("earshot.fetch.breaker.open-for", "30s"),
            Map.entry("earshot.fetch.connect-timeout", "10s"),
            Map.entry(
                    "earshot.fetch.content-types",
                    "audio/mpeg,audio/mp3,audio/x-wav,audio/wav,audio/wave,audio/vnd.wave"),
            Map.entry("earshot.fetch.drain", "60s"),
            Map.entry("earshot.fetch.first-byte-timeout", "60s"),
            Map.entry("earshot.fetch.idle-timeout", "30s"),
            Map.entry("earshot.fetch.in-flight", "64"),
            Map.entry("earshot.fetch.in-flight-per-account", "16"),
            Map.entry("earshot.fetch.lanes", "interactive,bulk"),
            Map.entry("earshot.fetch.max-redirects", "5"),
            Map.entry("earshot.fetch.max-size", "2G"),
            Map.entry("earshot.fetch.not-ready-window", "10m"),
            Map.entry("earshot.fetch.queue-per-account", "32"),
            Map.entry("earshot.fetch.queue-wait", "60s"),
            Map.entry("earshot.fetch.requests-in-hand", "1024"),
            Map.entry("earshot.fetch.silence-limit", "30m"),
            Map.entry("earshot.fetch.total-timeout", "25m"),
            Map.entry("earshot.listing.backoff-initial", "30s"),
            Map.entry("earshot.listing.backoff-max", "30m"),
            Map.entry("earshot.listing.every", "5m"),
            Map.entry("earshot.listing.first-look-back", "24h"),
            Map.entry("earshot.listing.longest-recording", "24h"),
            Map.entry("earshot.listing.max-pages", "50"),
            Map.entry("earshot.listing.overlap", "15m"),
            Map.entry("earshot.listing.page-size", "1000"),
            Map.entry("earshot.listing.tries", "8"),
            Map.entry("earshot.peaks.concurrency", "1"),
            Map.entry("earshot.peaks.enabled", "true"),
            Map.entry("earshot.peaks.ffmpeg", "ffmpeg"),
            Map.entry("earshot.peaks.queue", "32"),
            Map.entry("earshot.peaks.timeout", "10m"),
            Map.entry("earshot.peaks.wait", "1s"),
            Map.entry("earshot.spool.budget", "20G"),
            Map.entry("earshot.spool.directory", "spool"),
            Map.entry("earshot.store.attempts", "3"),
            Map.entry("earshot.store.backoff", "500ms"),
            Map.entry("earshot.store.checksums", "when-required"),
            Map.entry("earshot.store.confirm", "read-back"),
            Map.entry("earshot.store.multipart-threshold", "64M"),
            Map.entry("earshot.store.part-size", "16M"),
            Map.entry("earshot.store.parts-in-flight", "4"),
            Map.entry("earshot.store.request-timeout", "10s"),
            Map.entry("earshot.store.stale-uploads-every", "1h"),
            Map.entry("earshot.twilio.base-url", "https://api.twilio.com"),
            Map.entry("earshot.twilio.metadata-in-flight", "16"),
            Map.entry("earshot.twilio.metadata-timeout", "10s")));

    @Test
    void namesAndDefaultsStand() {
        SmallRyeConfig config = config();

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
    void bothLanesAreServedByDefault() {
        assertThat(config().getConfigMapping(RequestConfig.class).lanes()).containsExactlyInAnyOrder(Lane.values());
    }

    @Test
    void noHostIsAllowedToRedirectByDefault() {
        assertThat(config().getConfigMapping(MediaConfig.class).redirectHosts()).isEmpty();
    }

    @Test
    void channelsUseTheContractsTopicsAndTheAgreedGroups() throws IOException {
        Properties shipped = shipped();

        assertThat(shipped)
                .containsEntry("mp.messaging.incoming.fetch-requests.topic", Topics.FETCH_REQUESTS)
                .containsEntry("mp.messaging.incoming.prefetch-requests.topic", Topics.PREFETCH_REQUESTS)
                .containsEntry("mp.messaging.outgoing.fetch-outcomes.topic", Topics.FETCH_OUTCOMES)
                .containsEntry("mp.messaging.outgoing.dead-letters.topic", Topics.deadLetters(Topics.FETCH_REQUESTS))
                .containsEntry("mp.messaging.outgoing.listings.topic", Topics.RECORDINGS_SEEN)
                .containsEntry("mp.messaging.incoming.listing-requests.topic", Topics.LISTING_REQUESTS)
                .containsEntry("mp.messaging.incoming.listing-requests.group.id", "earshot-fetcher-listing")
                .containsEntry("mp.messaging.incoming.fetch-requests.group.id", "earshot-fetcher-interactive")
                .containsEntry("mp.messaging.incoming.prefetch-requests.group.id", "earshot-fetcher-bulk");
    }

    @Test
    void noOutcomeCanBeLostByAProducersSettings() throws IOException {
        Properties shipped = shipped();

        for (String channel : new String[] {"fetch-outcomes", "dead-letters", "listings"}) {
            assertThat(shipped)
                    .containsEntry("mp.messaging.outgoing." + channel + ".acks", "all")
                    .containsEntry("mp.messaging.outgoing." + channel + ".enable.idempotence", "true");
        }
    }

    private static SmallRyeConfig config() {
        return config(Map.of());
    }

    static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(java.time.Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(FetchConfig.class)
                .withMapping(MediaConfig.class)
                .withMapping(RequestConfig.class)
                .withMapping(TwilioConfig.class)
                .withMapping(AccountsConfig.class)
                .withMapping(SpoolConfig.class)
                .withMapping(StoreConfig.class)
                .withMapping(OutcomeConfig.class)
                .withMapping(ListingConfig.class)
                .withMapping(PeaksConfig.class)
                .withDefaultValue("earshot.store.bucket", "recordings")
                .withDefaultValue("earshot.accounts.directory", "accounts")
                .withSources(new PropertiesConfigSource(values, "test", 200))
                .build();
    }

    private static Properties shipped() throws IOException {
        Properties shipped = new Properties();
        try (InputStream file = ConfigurationTest.class.getResourceAsStream("/application.properties")) {
            assertThat(file).isNotNull();
            shipped.load(file);
        }
        return shipped;
    }
}
