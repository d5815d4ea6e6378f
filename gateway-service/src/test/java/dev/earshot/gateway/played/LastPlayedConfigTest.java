package dev.earshot.gateway.played;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and defaults that operators rely on. */
class LastPlayedConfigTest {
    @Test
    void namesAndDefaultsStand() {
        SmallRyeConfig config = config(Map.of());

        for (Map.Entry<String, String> each : Map.of(
                        "earshot.last-played.at-most-every", "1h",
                        "earshot.last-played.batch-size", "500",
                        "earshot.last-played.interval", "2s",
                        "earshot.last-played.max-noted", "20000")
                .entrySet()) {
            assertThat(config.getConfigValue(each.getKey()).getValue())
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "earshot.last-played.at-most-every,0s",
        "earshot.last-played.batch-size,0",
        "earshot.last-played.interval,0s",
        "earshot.last-played.max-noted,0"
    })
    void aValueThatCannotWorkIsRefusedByName(String key, String value) {
        SmallRyeConfig config = config(Map.of(key, value));

        assertThatThrownBy(() -> LastPlayed.check(config.getConfigMapping(LastPlayedConfig.class)))
                .hasMessageContaining(key);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(LastPlayedConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
