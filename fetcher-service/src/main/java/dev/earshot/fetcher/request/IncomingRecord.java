package dev.earshot.fetcher.request;

import dev.earshot.events.EventCodec;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.UnreadableEventException;
import dev.earshot.fetcher.trace.TraceParent;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a record turned out to be. */
sealed interface IncomingRecord {
    /** A valid request for our bucket. */
    record Request(FetchRequested event, Optional<String> traceParent) implements IncomingRecord {}

    /** Something that no retry will ever make readable. */
    record DeadLetter(String reason) implements IncomingRecord {}

    /** Reads a record. */
    static IncomingRecord read(ConsumerRecord<String, byte[]> record, String ourBucket) {
        try {
            RecordingEvent event = EventCodec.read(record.key(), name -> header(record, name), record.value());
            if (!(event instanceof FetchRequested request)) {
                return new DeadLetter(
                        "not a fetch request but a " + event.type().shortName());
            }
            if (!request.object().bucket().equals(ourBucket)) {
                return new DeadLetter("the request is for another bucket than earshot.store.bucket");
            }
            return new Request(request, traceParent(record));
        } catch (UnreadableEventException e) {
            return new DeadLetter(String.valueOf(e.getMessage()));
        }
    }

    /** Only what is one: it goes into the outcome, and whatever else stands there must not make that too large to be sent. */
    private static Optional<String> traceParent(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(header(record, "traceparent")).filter(TraceParent::isOne);
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : EventCodec.text(header.value());
    }
}
