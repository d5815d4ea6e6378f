package dev.earshot.gateway.reconcile;

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
class ReconcileConfigTest {
    @Test
    void namesAndDefaultsStand() {
        SmallRyeConfig config = config(Map.of());

        for (Map.Entry<String, String> each : Map.of(
                        "earshot.reconcile.checks-at-once", "8",
                        "earshot.reconcile.page-size", "1000",
                        "earshot.reconcile.safety-age", "1h")
                .entrySet()) {
            assertThat(config.getConfigValue(each.getKey()).getValue())
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "earshot.reconcile.checks-at-once,0",
        "earshot.reconcile.page-size,0",
        "earshot.reconcile.page-size,1001",
        "earshot.reconcile.safety-age,0s"
    })
    void aValueThatCannotWorkIsRefusedByName(String key, String value) {
        SmallRyeConfig config = config(Map.of(key, value));

        assertThatThrownBy(() -> Reconciler.check(config.getConfigMapping(ReconcileConfig.class)))
                .hasMessageContaining(key);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ReconcileConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
