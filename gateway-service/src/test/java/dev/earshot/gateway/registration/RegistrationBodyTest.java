package dev.earshot.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.gateway.problem.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationBodyTest {
    private static final String SIDS =
            "\"accountSid\":\"AC" + "0".repeat(32) + "\",\"callSid\":\"CA" + "1".repeat(32) + "\"";

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static RegistrationBody parse(String json) {
        return RegistrationBody.parse(json, NOW);
    }

    @Test
    void theFullBodyIsRead() {
        RegistrationBody body = parse(
                "{" + SIDS + ",\"startedAt\":\"2026-01-02T03:04:05+01:00\",\"durationSeconds\":30,\"channels\":2}");

        assertThat(body.facts().startedAt()).contains(Instant.parse("2026-01-02T02:04:05Z"));
        assertThat(body.facts().durationSeconds()).isEqualTo(OptionalInt.of(30));
        assertThat(body.facts().channels()).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void theFactsMayBeMissingOrNull() {
        RegistrationBody body = parse("{" + SIDS + ",\"startedAt\":null}");

        assertThat(body.facts().startedAt()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                ",\"channels\":3| channels",
                ",\"channels\":\"2\"| channels",
                ",\"channels\":1.5| channels",
                ",\"durationSeconds\":-1| durationSeconds",
                ",\"durationSeconds\":99999999999| durationSeconds",
                ",\"startedAt\":\"yesterday\"| startedAt",
                ",\"startedAt\":1| startedAt",
                ",\"startedAt\":\"+999999999-12-31T23:59:59Z\"| startedAt",
                ",\"startedAt\":\"-999999999-12-31T23:59:59Z\"| startedAt",
                ",\"startedAt\":\"2007-12-31T23:59:59Z\"| startedAt",
                ",\"startedAt\":\"2026-06-02T00:00:01Z\"| startedAt",
                ",\"mediaUrl\":\"http://x\"| unknown field",
                ",\"callSid\":\"CA\"| callSid",
                ",| JSON"
            })
    void whatIsWrongIsNamed(String more, String named) {
        assertThatThrownBy(() -> parse("{" + SIDS + more + "}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''| object",
                "[]| object",
                "null| object",
                "{}| accountSid",
                "{\"accountSid\":\"RE\"}| accountSid",
                "{} {}| nothing after it"
            })
    void whatIsNoRegistrationIsSaid(String json, String named) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(Problem.class).hasMessageContaining(named);
    }
}
