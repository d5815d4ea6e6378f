package dev.earshot.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults that operators rely on. */
class PushConfigTest {
    private static PushConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(PushConfig.class)
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(PushConfig.class);
    }

    @Test
    void defaults() {
        PushConfig config = config(Map.of());

        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.maxPending()).isEqualTo(1000);
        assertThat(config.maxRecordings()).isEqualTo(200);
        assertThat(config.maxStreams()).isEqualTo(10_000);
        assertThat(config.maxWatches()).isEqualTo(100_000);
        assertThat(config.refreshEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.retry()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.stall()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void names() {
        PushConfig config = config(Map.of(
                "earshot.push.heartbeat", "1s",
                "earshot.push.max-pending", "1",
                "earshot.push.max-recordings", "1",
                "earshot.push.max-streams", "1",
                "earshot.push.max-watches", "1",
                "earshot.push.refresh-every", "1s",
                "earshot.push.retry", "1s",
                "earshot.push.stall", "1s"));
        Duration second = Duration.ofSeconds(1);

        assertThat(config.heartbeat()).isEqualTo(second);
        assertThat(config.maxPending()).isEqualTo(1);
        assertThat(config.maxRecordings()).isEqualTo(1);
        assertThat(config.maxStreams()).isEqualTo(1);
        assertThat(config.maxWatches()).isEqualTo(1);
        assertThat(config.refreshEvery()).isEqualTo(second);
        assertThat(config.retry()).isEqualTo(second);
        assertThat(config.stall()).isEqualTo(second);
    }
}
