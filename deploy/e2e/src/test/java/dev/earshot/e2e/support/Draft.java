package dev.earshot.e2e.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.events.EventCodec;
import dev.earshot.events.RecordingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A record in the making: a valid event of ours, to be spoiled in one place. */
public final class Draft {
    private final Map<String, byte[]> headers = new LinkedHashMap<>();
    private @Nullable String key;
    private byte @Nullable [] value;

    public Draft(RecordingEvent valid) {
        key = valid.key().kafkaKey();
        value = EventCodec.data(valid);
        EventCodec.headers(valid).forEach(this::header);
    }

    public Draft key(@Nullable String other) {
        key = other;
        return this;
    }

    public Draft value(byte @Nullable [] other) {
        value = other;
        return this;
    }

    public Draft value(String text) {
        return value(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Changes the data, which must still be the valid event's. */
    public Draft json(Consumer<ObjectNode> change) {
        try {
            ObjectNode data = (ObjectNode) Http.JSON.readTree(value);
            change.accept(data);
            return value(data.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Draft header(String name, String text) {
        headers.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public Draft noHeaders() {
        headers.clear();
        return this;
    }

    /** The record, for this partition whatever its key says. */
    public ProducerRecord<String, byte[]> to(String topic, int partition) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, value);
        headers.forEach((name, bytes) -> record.headers().add(name, bytes));
        return record;
    }
}
