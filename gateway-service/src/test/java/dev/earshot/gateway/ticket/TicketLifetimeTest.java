package dev.earshot.gateway.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketLifetimeTest {
    @ParameterizedTest
    @CsvSource({"PT0S,PT15M", "PT30S,PT15M30S", "PT1H,PT1H15M", "PT3H44M,PT3H59M", "PT3H45M,PT4H", "PT30H,PT4H"})
    void itIsTheLengthAndAMarginAtMostFourHours(Duration length, Duration lives) {
        assertThat(TicketLifetime.of(config(Map.of())).ofLength(length)).isEqualTo(lives);
    }

    @Test
    void itIsNeverLessThanTheShortest() {
        TicketLifetime lifetime = TicketLifetime.of(config(Map.of("earshot.tickets.margin", "0s")));

        assertThat(lifetime.ofLength(Duration.ofSeconds(30))).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"shortest,0s", "longest,4m", "margin,-1s", "unknown-length,-1s"})
    void whatCannotBeIsRefusedByItsKey(String key, String value) {
        String name = "earshot.tickets." + key;

        assertThatThrownBy(() -> TicketLifetime.of(config(Map.of(name, value)))).hasMessageContaining(name);
    }

    @Test
    void theKeysAndTheirDefaultsAreTheseAlone() {
        TicketsConfig config = config(Map.of());

        assertThat(config.audience()).isEqualTo("earshot-playback");
        assertThat(config.unknownLength()).isEqualTo(Duration.ofHours(1));
        assertThat(config.keys()).isEmpty();
        assertThat(config.keysFile()).isEmpty();
        assertThat(config(Map.of("earshot.tickets.keys", "a:x,b:y")).keys().orElseThrow())
                .containsExactly("a:x", "b:y");
    }

    @ParameterizedTest
    @CsvSource({"GET,stream,true", "HEAD,stream,true", "GET,download,true", "POST,stream,false", "GET,data,false"})
    void aTicketOpensTheAudioForReadingAlone(String method, String route, boolean opens) {
        assertThat(TicketMechanism.opened(HttpMethod.valueOf(method), "/api/recordings/x/" + route)
                        .isPresent())
                .isEqualTo(opens);
        assertThat(TicketMechanism.opened(HttpMethod.valueOf(method), "/other/api/recordings/x/" + route))
                .isEmpty();
        assertThat(TicketMechanism.opened(HttpMethod.valueOf(method), "/api/recordings/x"))
                .isEmpty();
    }

    private static TicketsConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(TicketsConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TicketsConfig.class);
    }
}
