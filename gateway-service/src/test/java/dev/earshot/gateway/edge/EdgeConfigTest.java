package dev.earshot.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.access.AccessAuditConfig;
import dev.earshot.gateway.caller.AuthConfig;
import dev.earshot.gateway.data.DataConfig;
import dev.earshot.gateway.delivery.DeliveryConfig;
import dev.earshot.gateway.http.CorsConfig;
import dev.earshot.gateway.http.PublicUrlConfig;
import dev.earshot.gateway.limit.RateLimitConfig;
import dev.earshot.gateway.playback.DownloadConfig;
import dev.earshot.gateway.playback.PlaybackConfig;
import dev.earshot.gateway.shutdown.ShutdownConfig;
import dev.earshot.gateway.store.S3PlaybackConfig;
import dev.earshot.gateway.tenant.DeliveryMode;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults that operators rely on. */
class EdgeConfigTest {
    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(AccessAuditConfig.class)
                .withMapping(AuthConfig.class)
                .withMapping(CorsConfig.class)
                .withMapping(RateLimitConfig.class)
                .withMapping(PlaybackConfig.class)
                .withMapping(DownloadConfig.class)
                .withMapping(DataConfig.class)
                .withMapping(DeliveryConfig.class)
                .withMapping(ShutdownConfig.class)
                .withMapping(S3PlaybackConfig.class)
                .withMapping(PublicUrlConfig.class)
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withConverter(MemorySize.class, 200, new io.quarkus.runtime.configuration.MemorySizeConverter())
                .withDefaultValues(values)
                .build();
    }

    @Test
    void defaults() {
        SmallRyeConfig config = config(Map.of("earshot.public-url", "https://earshot.example"));

        assertThat(config.getConfigMapping(AuthConfig.class).tenantClaim()).isEqualTo("tenant");
        PlaybackConfig playback = config.getConfigMapping(PlaybackConfig.class);
        assertThat(playback.maxStreams()).isEqualTo(512);
        assertThat(playback.maxRanges()).isEqualTo(16);
        assertThat(playback.writeStall()).isEqualTo(Duration.ofMinutes(10));
        assertThat(playback.readStall()).isEqualTo(Duration.ofSeconds(30));
        assertThat(playback.maxWait()).isEqualTo(Duration.ofSeconds(25));
        assertThat(playback.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(playback.contentTypes())
                .containsExactlyInAnyOrder("audio/mpeg", "audio/x-wav", "audio/wav", "audio/vnd.wave");
        DownloadConfig download = config.getConfigMapping(DownloadConfig.class);
        assertThat(download.fileName()).isEqualTo("{startedAt}-{callSid}-{recordingSid}.{extension}");
        assertThat(download.timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(config.getConfigMapping(DataConfig.class).maxSize().asLongValue())
                .isEqualTo(32L << 20);
        DeliveryConfig delivery = config.getConfigMapping(DeliveryConfig.class);
        assertThat(delivery.mode()).isEqualTo(DeliveryMode.PROXY);
        assertThat(delivery.lifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(delivery.longestLifetime()).isEqualTo(Duration.ofHours(4));
        assertThat(delivery.storeUrl()).isEmpty();
        assertThat(delivery.cdn().baseUrl()).isEmpty();
        assertThat(delivery.cdn().signingKey()).isEmpty();
        assertThat(delivery.cdn().purge().url()).isEmpty();
        assertThat(delivery.cdn().purge().method()).isEqualTo("POST");
        assertThat(delivery.cdn().purge().body()).isEmpty();
        assertThat(delivery.cdn().purge().authorization()).isEmpty();
        assertThat(delivery.cdn().purge().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.getConfigMapping(ShutdownConfig.class).drain()).isEqualTo(Duration.ofSeconds(60));
        S3PlaybackConfig store = config.getConfigMapping(S3PlaybackConfig.class);
        assertThat(store.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(store.firstByteTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(store.lookAgain()).isEqualTo(Duration.ofMillis(200));
        assertThat(store.keepAlive()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.getConfigMapping(PublicUrlConfig.class).value())
                .isEqualTo(URI.create("https://earshot.example"));
    }

    @Test
    void whatIsOffByDefault() {
        SmallRyeConfig config = config(Map.of("earshot.public-url", "https://earshot.example"));

        AccessAuditConfig audit = config.getConfigMapping(AccessAuditConfig.class);
        assertThat(audit.enabled()).isFalse();
        assertThat(audit.buffer()).isEqualTo(10_000);
        CorsConfig cors = config.getConfigMapping(CorsConfig.class);
        assertThat(cors.origins()).isEmpty();
        assertThat(cors.maxAge()).isEqualTo(Duration.ofHours(2));
        RateLimitConfig limit = config.getConfigMapping(RateLimitConfig.class);
        assertThat(limit.perMinute()).isZero();
        assertThat(limit.burst()).isEqualTo(100);
        assertThat(limit.maxTenants()).isEqualTo(10_000);
    }

    @Test
    void whatCanBeSwitchedOn() {
        SmallRyeConfig config = config(Map.of(
                "earshot.public-url", "https://earshot.example",
                "earshot.access-audit.enabled", "true",
                "earshot.access-audit.buffer", "1",
                "earshot.cors.origins", "https://a.example,https://b.example",
                "earshot.cors.max-age", "1s",
                "earshot.rate-limit.per-minute", "1",
                "earshot.rate-limit.burst", "1",
                "earshot.rate-limit.max-tenants", "1"));

        AccessAuditConfig audit = config.getConfigMapping(AccessAuditConfig.class);
        assertThat(audit.enabled()).isTrue();
        assertThat(audit.buffer()).isOne();
        CorsConfig cors = config.getConfigMapping(CorsConfig.class);
        assertThat(cors.origins()).contains(java.util.List.of("https://a.example", "https://b.example"));
        assertThat(cors.maxAge()).isEqualTo(Duration.ofSeconds(1));
        RateLimitConfig limit = config.getConfigMapping(RateLimitConfig.class);
        assertThat(limit.perMinute()).isOne();
        assertThat(limit.burst()).isOne();
        assertThat(limit.maxTenants()).isOne();
    }

    @Test
    void names() {
        SmallRyeConfig config = config(Map.ofEntries(
                Map.entry("earshot.public-url", "https://earshot.example"),
                Map.entry("earshot.auth.tenant-claim", "org"),
                Map.entry("earshot.playback.max-streams", "1"),
                Map.entry("earshot.playback.max-ranges", "2"),
                Map.entry("earshot.playback.write-stall", "1s"),
                Map.entry("earshot.playback.read-stall", "1s"),
                Map.entry("earshot.playback.max-wait", "1s"),
                Map.entry("earshot.playback.retry-after", "1s"),
                Map.entry("earshot.playback.content-types", "audio/ogg"),
                Map.entry("earshot.data.max-size", "7"),
                Map.entry("earshot.delivery.mode", "redirect"),
                Map.entry("earshot.delivery.lifetime", "1s"),
                Map.entry("earshot.delivery.longest-lifetime", "1s"),
                Map.entry("earshot.delivery.store-url", "https://store.example"),
                Map.entry("earshot.delivery.cdn.base-url", "https://cdn.example"),
                Map.entry("earshot.delivery.cdn.signing-key", "key"),
                Map.entry("earshot.delivery.cdn.purge.url", "{url}"),
                Map.entry("earshot.delivery.cdn.purge.method", "PURGE"),
                Map.entry("earshot.delivery.cdn.purge.body", "{}"),
                Map.entry("earshot.delivery.cdn.purge.authorization", "Bearer x"),
                Map.entry("earshot.delivery.cdn.purge.timeout", "1s"),
                Map.entry("earshot.download.file-name", "x.{extension}"),
                Map.entry("earshot.download.time-zone", "Asia/Jerusalem"),
                Map.entry("earshot.shutdown.drain", "1s"),
                Map.entry("earshot.store.playback.connect-timeout", "1s"),
                Map.entry("earshot.store.playback.first-byte-timeout", "1s"),
                Map.entry("earshot.store.playback.look-again", "1s"),
                Map.entry("earshot.store.playback.keep-alive", "1s")));
        Duration second = Duration.ofSeconds(1);

        assertThat(config.getConfigMapping(AuthConfig.class).tenantClaim()).isEqualTo("org");
        PlaybackConfig playback = config.getConfigMapping(PlaybackConfig.class);
        assertThat(playback.maxStreams()).isEqualTo(1);
        assertThat(playback.maxRanges()).isEqualTo(2);
        assertThat(playback.writeStall()).isEqualTo(second);
        assertThat(playback.readStall()).isEqualTo(second);
        assertThat(playback.maxWait()).isEqualTo(second);
        assertThat(playback.retryAfter()).isEqualTo(second);
        assertThat(playback.contentTypes()).containsExactly("audio/ogg");
        DownloadConfig download = config.getConfigMapping(DownloadConfig.class);
        assertThat(download.fileName()).isEqualTo("x.{extension}");
        assertThat(download.timeZone()).isEqualTo(ZoneId.of("Asia/Jerusalem"));
        assertThat(config.getConfigMapping(DataConfig.class).maxSize().asLongValue())
                .isEqualTo(7);
        DeliveryConfig delivery = config.getConfigMapping(DeliveryConfig.class);
        assertThat(delivery.mode()).isEqualTo(DeliveryMode.REDIRECT);
        assertThat(delivery.lifetime()).isEqualTo(second);
        assertThat(delivery.longestLifetime()).isEqualTo(second);
        assertThat(delivery.storeUrl()).contains(URI.create("https://store.example"));
        assertThat(delivery.cdn().baseUrl()).contains(URI.create("https://cdn.example"));
        assertThat(delivery.cdn().signingKey()).contains("key");
        assertThat(delivery.cdn().purge().url()).contains("{url}");
        assertThat(delivery.cdn().purge().method()).isEqualTo("PURGE");
        assertThat(delivery.cdn().purge().body()).contains("{}");
        assertThat(delivery.cdn().purge().authorization()).contains("Bearer x");
        assertThat(delivery.cdn().purge().timeout()).isEqualTo(second);
        assertThat(config.getConfigMapping(ShutdownConfig.class).drain()).isEqualTo(second);
        S3PlaybackConfig store = config.getConfigMapping(S3PlaybackConfig.class);
        assertThat(store.connectTimeout()).isEqualTo(second);
        assertThat(store.firstByteTimeout()).isEqualTo(second);
        assertThat(store.lookAgain()).isEqualTo(second);
        assertThat(store.keepAlive()).isEqualTo(second);
    }
}
