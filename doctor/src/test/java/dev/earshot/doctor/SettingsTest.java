package dev.earshot.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    /** As a service has them. */
    @ConfigMapping(prefix = "earshot.sample")
    public interface SampleConfig {
        String bucketName();

        @WithDefault("5s")
        Duration controlTimeout();
    }

    @Test
    void variablesSetKeysByTheirUsualNamesAndWithTheServicesOwnUnits() {
        SampleConfig sample = Settings.read(
                        Map.of("EARSHOT_SAMPLE_BUCKET_NAME", "calls", "EARSHOT_SAMPLE_CONTROL_TIMEOUT", "2m"))
                .of(SampleConfig.class);

        assertThat(sample.bucketName()).isEqualTo("calls");
        assertThat(sample.controlTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void whatIsMissingIsNamedAndSpoilsNothingElse() {
        Settings settings = Settings.read(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

        assertThatThrownBy(() -> settings.of(SampleConfig.class)).isInstanceOfSatisfying(Misconfigured.class, wrong -> {
            assertThat(wrong.as("store").keys()).containsExactly("earshot.sample.bucket-name");
            assertThat(wrong).hasMessage("earshot.sample.bucket-name is required, and not set");
        });
        assertThat(settings.text("kafka.bootstrap.servers")).isEqualTo("kafka:9092");
    }

    @Test
    void aBadValueIsNamedAndNotRepeated() {
        Settings settings = Settings.read(
                Map.of("EARSHOT_SAMPLE_BUCKET_NAME", "calls", "EARSHOT_SAMPLE_CONTROL_TIMEOUT", "hunter2"));

        assertThatThrownBy(() -> settings.of(SampleConfig.class))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("earshot.sample.control-timeout")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aServiceThatRefusesItsStartNamesKeys() {
        Misconfigured contradiction = Settings.contradiction(new IllegalStateException(
                "earshot.fetch.total-timeout must be less than earshot.fetch.silence-limit, or it is asked for again"));

        assertThat(contradiction.as("configuration").keys())
                .isEqualTo(List.of("earshot.fetch.total-timeout", "earshot.fetch.silence-limit"));
    }
}
