package dev.earshot.gateway.fetch;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Keeps what can never be processed beside its topic, with the reason. */
@ApplicationScoped
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final byte[] NOTHING = new byte[0];

    private final MutinyEmitter<byte[]> letters;
    private final MeterRegistry meters;

    DeadLetters(@Channel("dead-letters") MutinyEmitter<byte[]> letters, MeterRegistry meters) {
        this.letters = letters;
        this.meters = meters;
    }

    /** The broker does not take it now. */
    static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(Throwable cause) {
            super("the dead letters cannot be written", cause);
        }
    }

    /** Key, value and headers as they came, and why they lie here. */
    Uni<Void> put(ConsumerRecord<String, byte[]> record, String reason) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        add(headers, "earshot-dead-letter-reason", reason);
        add(headers, "earshot-dead-letter-topic", record.topic());
        add(headers, "earshot-dead-letter-partition", Integer.toString(record.partition()));
        add(headers, "earshot-dead-letter-offset", Long.toString(record.offset()));
        Message<byte[]> letter = Message.of(record.value() == null ? NOTHING : record.value())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(record.key())
                        .withHeaders(headers)
                        .build());
        return Uni.createFrom()
                .deferred(() -> letters.sendMessage(letter))
                .invoke(ignored -> noted(record, reason))
                .onFailure()
                .transform(UnavailableException::new);
    }

    private void noted(ConsumerRecord<String, byte[]> record, String reason) {
        meters.counter("earshot.dead.letters", "topic", record.topic()).increment();
        LOG.errorf(
                "A record was put aside: %s (topic %s, partition %d, offset %d)",
                reason, record.topic(), record.partition(), record.offset());
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
