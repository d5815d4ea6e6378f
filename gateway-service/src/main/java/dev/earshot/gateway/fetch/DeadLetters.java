package dev.earshot.gateway.fetch;

import dev.earshot.events.DeadLetter;
import dev.earshot.events.Refusal;
import dev.earshot.events.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps what can never be processed beside its topic, with the reason. */
@Startup
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final List<String> READ_HERE =
            List.of(Topics.FETCH_OUTCOMES, Topics.RECORDINGS_SEEN, Topics.LISTING_PROGRESS);

    private final MutinyEmitter<Record<String, byte[]>> letters;
    private final MeterRegistry meters;

    DeadLetters(@Channel("dead-letters") MutinyEmitter<Record<String, byte[]>> letters, MeterRegistry meters) {
        this.letters = letters;
        this.meters = meters;
        // There from the start (so @Startup), so that the first one shows as an increase.
        for (String topic : READ_HERE) {
            counter("earshot.dead.letters", topic).increment(0);
            counter("earshot.dead.letters.refused", topic).increment(0);
        }
    }

    /** The broker does not take it now. */
    public static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(Throwable cause) {
            super("the dead letters cannot be written", cause);
        }
    }

    /**
     * Key, value and headers as they came, a null as a null, and why they lie here; of a record that is as large as the
     * broker takes only the beginning. A letter that the broker will never take is told in the log, where it can be found
     * by its offset, and given up: nothing may wait for it.
     *
     * @return fails with {@link UnavailableException} where trying again may help
     */
    public Uni<Void> put(ConsumerRecord<String, byte[]> record, String reason) {
        DeadLetter letter = letter(record, reason);
        return sent(record, letter)
                // With where from and why it is larger than the record was.
                .onFailure(Refusal::isTooLarge)
                .recoverWithUni(() -> sent(record, letter.cut()))
                .invoke(ignored -> noted(record, reason))
                .onFailure(Refusal::isForGood)
                .recoverWithUni(failure -> refused(record, reason, failure))
                .onFailure()
                .transform(UnavailableException::new);
    }

    /**
     * Sends what lay here to the topic that it came on, to be processed once more.
     *
     * @return whether the broker took it: false if it never will; fails with {@link UnavailableException} where trying again may help
     */
    public Uni<Boolean> back(
            String topic, @Nullable String key, byte @Nullable [] value, List<DeadLetter.Header> headers) {
        return Uni.createFrom()
                .deferred(() -> letters.sendMessage(message(topic, key, value, headers)))
                .replaceWith(true)
                .onFailure(Refusal::isForGood)
                .recoverWithItem(false)
                .onFailure()
                .transform(UnavailableException::new);
    }

    private static DeadLetter letter(ConsumerRecord<String, byte[]> record, String reason) {
        List<DeadLetter.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new DeadLetter.Header(header.key(), header.value())));
        return DeadLetter.of(
                record.key(),
                record.value(),
                headers,
                new DeadLetter.Place(record.topic(), record.partition(), record.offset()),
                reason);
    }

    private Uni<Void> sent(ConsumerRecord<String, byte[]> record, DeadLetter letter) {
        return Uni.createFrom()
                .deferred(() -> letters.sendMessage(message(Topics.deadLetters(record.topic()), letter)));
    }

    /** A record of our own as payload: a message without one is not sent. */
    static Message<Record<String, byte[]>> message(String topic, DeadLetter letter) {
        return message(topic, letter.key(), letter.value(), letter.headers());
    }

    private static Message<Record<String, byte[]>> message(
            String topic, @Nullable String key, byte @Nullable [] value, List<DeadLetter.Header> told) {
        RecordHeaders headers = new RecordHeaders();
        told.forEach(header -> headers.add(header.name(), header.value()));
        return Message.of(Record.of(key, value))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(topic)
                        .withHeaders(headers)
                        .build());
    }

    private Uni<Void> refused(ConsumerRecord<String, byte[]> record, String reason, Throwable failure) {
        count("earshot.dead.letters.refused", record);
        LOG.errorf(
                "A record could not even be put aside, the broker refuses it for good (%s): %s (topic %s, partition %d,"
                        + " offset %d)",
                failure, reason, record.topic(), record.partition(), record.offset());
        return Uni.createFrom().voidItem();
    }

    private void noted(ConsumerRecord<String, byte[]> record, String reason) {
        count("earshot.dead.letters", record);
        LOG.errorf(
                "A record was put aside: %s (topic %s, partition %d, offset %d)",
                reason, record.topic(), record.partition(), record.offset());
    }

    private void count(String name, ConsumerRecord<String, byte[]> record) {
        counter(name, record.topic()).increment();
    }

    private Counter counter(String name, String topic) {
        return meters.counter(name, "topic", topic);
    }
}
