package dev.earshot.gateway.retention;

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
class RetentionRoundsConfigTest {
    @Test
    void namesAndDefaultsStand() {
        SmallRyeConfig config = config(Map.of());

        for (Map.Entry<String, String> each : Map.of(
                        "earshot.retention.batch-size", "100",
                        "earshot.retention.interval", "10m",
                        "earshot.retention.max-pending", "1000")
                .entrySet()) {
            assertThat(config.getConfigValue(each.getKey()).getValue())
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    @Test
    void historyIsKeptForAWeekAndNeverForNoTime() {
        assertThat(config(Map.of()).getConfigMapping(HistoryConfig.class).keep())
                .isEqualTo(Duration.ofDays(7));
        SmallRyeConfig none = config(Map.of("earshot.history.keep", "0s"));

        assertThatThrownBy(() -> RetentionRounds.check(none.getConfigMapping(HistoryConfig.class)))
                .hasMessageContaining("earshot.history.keep");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"earshot.retention.batch-size,0", "earshot.retention.interval,0s", "earshot.retention.max-pending,0"})
    void aValueThatCannotWorkIsRefusedByName(String key, String value) {
        SmallRyeConfig config = config(Map.of(key, value));

        assertThatThrownBy(() -> RetentionRounds.check(config.getConfigMapping(RetentionRoundsConfig.class)))
                .hasMessageContaining(key);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(RetentionRoundsConfig.class)
                .withMapping(HistoryConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
