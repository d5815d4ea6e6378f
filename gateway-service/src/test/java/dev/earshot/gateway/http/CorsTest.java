package dev.earshot.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static final Optional<String> OURS = Optional.of("https://app.example");
    private static final Optional<String> OTHER = Optional.of("https://evil.example");

    @Test
    void isOffWithoutAnOrigin() {
        Cors off = Cors.of(config());

        assertThat(off.isOn()).isFalse();
        assertThat(off.varies()).isFalse();
        assertThat(off.headers(OURS)).isEmpty();
        assertThat(off.preflight(OURS, "GET")).isEmpty();
    }

    @Test
    void allowsTheOriginsThatAreConfiguredAndTellsCaches() {
        Cors cors = Cors.of(config("https://app.example", "http://localhost:5173"));

        assertThat(cors.varies()).isTrue();
        assertThat(cors.headers(OURS))
                .containsEntry("Access-Control-Allow-Origin", "https://app.example")
                .containsKey("Access-Control-Expose-Headers")
                .doesNotContainKey("Access-Control-Allow-Credentials");
        assertThat(cors.preflight(OURS, "GET, HEAD"))
                .containsEntry("Access-Control-Allow-Methods", "GET, HEAD")
                .containsEntry("Access-Control-Max-Age", "7200");
        assertThat(cors.headers(OTHER)).isEmpty();
        assertThat(cors.headers(Optional.of("null"))).isEmpty();
        assertThat(cors.headers(Optional.of("https://app.example.evil.example")))
                .isEmpty();
        assertThat(cors.headers(Optional.empty())).isEmpty();
        assertThat(cors.preflight(OTHER, "GET")).isEmpty();
    }

    @Test
    void anyOriginIsTheSameForAll() {
        Cors cors = Cors.of(config("*"));

        assertThat(cors.varies()).isFalse();
        assertThat(cors.headers(OTHER)).containsEntry("Access-Control-Allow-Origin", "*");
        assertThat(cors.headers(Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app.example", "https://app.example/", "https://App.example", "https://*.example", "null", ""})
    void whatIsNoOriginRefusesTheStart(String origin) {
        assertThatThrownBy(() -> Cors.of(config(origin)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("earshot.cors.origins");
    }

    private static CorsConfig config(String... origins) {
        return new CorsConfig() {
            @Override
            public Optional<List<String>> origins() {
                return origins.length == 0 ? Optional.empty() : Optional.of(List.of(origins));
            }

            @Override
            public Duration maxAge() {
                return Duration.ofHours(2);
            }
        };
    }
}
