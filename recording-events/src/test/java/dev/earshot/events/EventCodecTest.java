package dev.earshot.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final Contract.Sample REQUEST =
            Contract.sample(Contract.FOLDER.resolve("samples/fetch-requested.v1.json"));
    private static final Contract.Sample READY = Contract.sample(Contract.FOLDER.resolve("samples/ready.v1.json"));

    @Test
    void a_record_without_a_key_is_unreadable() {
        assertUnreadable(null, REQUEST.headers(), REQUEST.value(), "the record has no key");
    }

    @Test
    void a_record_under_another_tenants_key_is_unreadable() {
        assertUnreadable(
                "globex:" + REQUEST.key().substring("acme:".length()),
                REQUEST.headers(),
                REQUEST.value(),
                "the record's key is not the one of its data");
    }

    @Test
    void a_tombstone_is_unreadable() {
        assertUnreadable(REQUEST.key(), REQUEST.headers(), null, "the record has no value");
    }

    @ParameterizedTest
    @CsvSource({
        "ce_type, dev.earshot.recording.fetch-requested.v2, ce_type is none that we know",
        "ce_type, com.example.order.v1, ce_type is none that we know",
        "ce_specversion, 0.3, ce_specversion is not 1.0",
    })
    void another_version_is_unreadable(String header, String value, String reason) {
        Map<String, String> headers = new TreeMap<>(REQUEST.headers());
        headers.put(header, value);

        assertUnreadable(REQUEST.key(), headers, REQUEST.value(), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "\"text\"", "42", "{}", "\u0000\u0001\u0002"})
    void noise_is_unreadable(String value) {
        assertThatThrownBy(() ->
                        EventCodec.read(REQUEST.key(), REQUEST.headers()::get, value.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEventException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "generation, 0, 'generation must be more than 0, is 0'",
        "attempt, -1, 'attempt must be more than 0, is -1'",
        "channels, 3, 'channels must be 1 or 2, is 3'",
    })
    void a_number_out_of_bounds_is_unreadable_and_named(String field, int value, String reason) {
        ObjectNode data = REQUEST.data().deepCopy();
        data.put(field, value);

        assertUnreadable(
                REQUEST.key(),
                REQUEST.headers(),
                data.toString().getBytes(StandardCharsets.UTF_8),
                "the data is no valid fetch-requested: " + reason);
    }

    @Test
    void an_object_key_that_is_not_the_derived_one_is_unreadable() {
        ObjectNode data = READY.data().deepCopy();
        ((ObjectNode) data.get("object")).put("key", "globex/somebody-elses/1/audio");

        assertThatThrownBy(() -> EventCodec.read(
                        READY.key(), READY.headers()::get, data.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("object.key is not acme/" + "RE9a8b7c6d9a8b7c6d9a8b7c6d9a8b7c6d/1/audio");
    }

    @Test
    void a_reason_never_quotes_the_input() {
        assertThatThrownBy(() -> EventCodec.read(
                        REQUEST.key(),
                        REQUEST.headers()::get,
                        "{\"tenant\":\"secret token\"".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void the_same_fact_has_the_same_id_and_another_attempt_another() throws Exception {
        FetchRequested first = (FetchRequested) REQUEST.read();
        ObjectNode data = REQUEST.data().deepCopy();
        data.put("attempt", 2);
        RecordingEvent second =
                EventCodec.read(REQUEST.key(), REQUEST::header, data.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(first.id()).isEqualTo(((FetchRequested) REQUEST.read()).id()).isNotEqualTo(second.id());
    }

    private static void assertUnreadable(
            @Nullable String key, Map<String, String> headers, byte @Nullable [] value, String reason) {
        assertThatThrownBy(() -> EventCodec.read(key, headers::get, value))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage(reason);
    }
}
