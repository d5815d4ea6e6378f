package dev.earshot.gateway.fetch;

import dev.earshot.events.EventCodec;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.trace.Step;
import dev.earshot.gateway.trace.TraceParent;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a record's headers and its place tell a trace. */
final class EventTrace {
    private EventTrace() {}

    /** What the record was sent with, if that is a trace context. */
    static Optional<String> parent(ConsumerRecord<String, byte[]> record) {
        return header(record, "traceparent").filter(TraceParent::isOne);
    }

    /** Only what cannot be anything else: whoever may write to the topic may write what they like. */
    static void note(Step step, ConsumerRecord<String, byte[]> record) {
        step.with("messaging.destination.partition.id", Integer.toString(record.partition()))
                .with("messaging.kafka.offset", record.offset());
        key(record).ifPresent(step::about);
    }

    private static Optional<RecordingKey> key(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(record.key()).map(RecordingKey::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(EventCodec.text(header.value()));
    }
}
