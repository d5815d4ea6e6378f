package dev.earshot.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events to Kafka records and back: CloudEvents 1.0 in binary content mode, JSON data. Stateless and thread-safe.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents
 *     Kafka protocol binding 1.0, section 3.2</a>
 */
public final class EventCodec {
    /** The header that tells what the value is. */
    public static final String CONTENT_TYPE = "content-type";
    /** What {@link #CONTENT_TYPE} says. */
    public static final String JSON = "application/json";

    private static final String SPEC_VERSION = "1.0";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();

    private EventCodec() {}

    /** The record's headers: CloudEvents attributes prefixed {@code ce_}, and the content type. No trace context. */
    public static Map<String, String> headers(EarshotEvent event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", SPEC_VERSION);
        headers.put("ce_id", event.id());
        headers.put("ce_source", event.source());
        headers.put("ce_type", event.type().typeName());
        headers.put("ce_time", event.time().toString());
        headers.put("ce_subject", event.kafkaKey());
        event.expiry().ifPresent(expiry -> headers.put("ce_expirytime", expiry.toString()));
        headers.put(CONTENT_TYPE, JSON);
        return headers;
    }

    /** The record's value: the event's data as JSON in UTF-8. */
    public static byte[] data(EarshotEvent event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one record about a tenant's recording.
     *
     * @throws UnreadableEventException as {@link #read(Class, String, Function, byte[])} does
     */
    public static RecordingEvent read(
            @Nullable String key, Function<String, @Nullable String> header, byte @Nullable [] value)
            throws UnreadableEventException {
        return read(RecordingEvent.class, key, header, value);
    }

    /**
     * Reads one record.
     *
     * @param wanted what belongs on its topic
     * @param key the record's key, null where it has none
     * @param header gives a header's value as text, null where there is none
     * @param value the record's value, null where it has none
     * @return the event, every field of it valid, under the key that belongs to it
     * @throws UnreadableEventException if the record is not one of our events, or not a wanted one, or is invalid; the
     *     message tells why in one sentence that is safe to log
     */
    public static <E extends EarshotEvent> E read(
            Class<E> wanted, @Nullable String key, Function<String, @Nullable String> header, byte @Nullable [] value)
            throws UnreadableEventException {
        EventType type = type(header);
        if (!wanted.isAssignableFrom(type.dataType())) {
            throw new UnreadableEventException("a " + type.shortName() + " does not belong on this topic");
        }
        E event = wanted.cast(parse(type, value));
        if (key == null) {
            throw new UnreadableEventException("the record has no key");
        }
        if (!key.equals(event.kafkaKey())) {
            throw new UnreadableEventException("the record's key is not the one of its data");
        }
        return event;
    }

    private static EventType type(Function<String, @Nullable String> header) throws UnreadableEventException {
        String version = header.apply("ce_specversion");
        if (!SPEC_VERSION.equals(version)) {
            throw new UnreadableEventException("ce_specversion is not 1.0");
        }
        String name = Objects.requireNonNullElse(header.apply("ce_type"), "");
        return EventType.of(name).orElseThrow(() -> new UnreadableEventException("ce_type is none that we know"));
    }

    private static EarshotEvent parse(EventType type, byte @Nullable [] value) throws UnreadableEventException {
        if (value == null) {
            throw new UnreadableEventException("the record has no value");
        }
        try {
            EarshotEvent event = MAPPER.readValue(value, type.dataType());
            if (event == null) {
                throw new UnreadableEventException("the data is JSON null");
            }
            return event;
        } catch (IOException e) {
            throw new UnreadableEventException("the data is no valid " + type.shortName() + ": " + reason(e), e);
        }
    }

    /** Jackson's own message quotes the input, which may be anything; the location and our constraint are enough. */
    private static String reason(IOException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof IllegalArgumentException constraint && constraint.getMessage() != null
                ? constraint.getMessage()
                : "malformed JSON or a field of the wrong type";
    }

    /** A header's bytes as the text that {@link #read} wants. */
    public static @Nullable String text(byte @Nullable [] headerValue) {
        return headerValue == null ? null : new String(headerValue, StandardCharsets.UTF_8);
    }
}
