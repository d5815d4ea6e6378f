package dev.earshot.gateway.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketKeysTest {
    static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final String NEW = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @Test
    void theFirstSignsAndAllVerify() {
        TicketKeys keys = TicketKeys.parse("source", List.of("# rotated in May", "", " may:" + NEW, "april:" + OLD));

        assertThat(keys.signingId()).isEqualTo("may");
        assertThat(keys.find("may")).contains(keys.signingKey());
        assertThat(keys.find("april")).isPresent();
        assertThat(keys.find("march")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# nothing | no key",
                "sekret | key 1 must be id:secret",
                "a b:sekret | key 1 must be id:secret",
                ":sekret | key 1 must be id:secret",
                "a:sekret! | key 1 has a secret that is not Base64",
                "a:c2VrcmV0 | key 1 is too short: 6 bytes, at least 32",
            })
    void whatIsNoKeyIsRefusedBySourceAndPosition(String entry, String why) {
        assertThatThrownBy(() -> TicketKeys.parse("earshot.tickets.keys", List.of(entry)))
                .hasMessageContaining("earshot.tickets.keys")
                .hasMessageContaining(why)
                .hasMessageNotContaining("sekret")
                .hasMessageNotContaining("c2VrcmV0");
    }

    @Test
    void anIdIsUsedOnce() {
        assertThatThrownBy(() -> TicketKeys.parse("source", List.of("a:" + OLD, "a:" + NEW)))
                .hasMessageContaining("key 2 has the id of another one");
    }

    @Test
    void itsTextIsItsIds() {
        assertThat(TicketKeys.parse("source", List.of("a:" + OLD))).hasToString("TicketKeys[a]");
    }
}
