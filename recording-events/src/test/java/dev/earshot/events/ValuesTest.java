package dev.earshot.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static final String HEX = "0123456789abcdefABCDEF0123456789";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RE",
                "RE0123",
                "CA0123456789abcdef0123456789abcdef",
                "RE0123456789abcdef0123456789abcdeg",
                "re0123456789abcdef0123456789abcdef",
                "RE0123456789abcdef0123456789abcdef ",
                "RE0123456789abcdef0123456789abcdef0"
            })
    void what_is_no_recording_sid_is_refused(String text) {
        assertThat(RecordingSid.isValid(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordingSid(text));
    }

    @Test
    void sids_keep_what_they_were_given() {
        assertThat(new RecordingSid("RE" + HEX).value()).isEqualTo("RE" + HEX);
        assertThat(new CallSid("CA" + HEX).value()).isEqualTo("CA" + HEX);
        assertThat(new AccountSid("AC" + HEX).value()).isEqualTo("AC" + HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "A", "0", "a.b-c_d", "a..b"})
    void a_tenant_may_be(String text) {
        assertThat(new Tenant(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", "_a", "a/b", "a:b", "a b", "é", "a\n"})
    void a_tenant_may_not_be(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tenant(text));
    }

    @Test
    void a_tenant_has_64_characters_at_most() {
        assertThat(Tenant.isValid("a".repeat(64))).isTrue();
        assertThat(Tenant.isValid("a".repeat(65))).isFalse();
    }

    @Test
    void keys_are_derived_from_tenant_recording_and_generation() {
        RecordingKey key = RecordingKey.parse("acme:RE" + HEX);

        assertThat(key.kafkaKey()).isEqualTo("acme:RE" + HEX);
        assertThat(key.objectKey(3)).isEqualTo("acme/RE" + HEX + "/3/audio");
        assertThat(key.peaksKey(3)).isEqualTo("acme/RE" + HEX + "/3/peaks");
        assertThat(key.objectKey(3)).startsWith(key.objectPrefix(3)).startsWith(key.objectPrefix());
    }

    @Test
    void the_prefix_of_generation_1_is_none_of_generation_10() {
        RecordingKey key = RecordingKey.parse("acme:RE" + HEX);

        assertThat(key.objectKey(10)).doesNotStartWith(key.objectPrefix(1));
    }
}
