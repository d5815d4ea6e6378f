package dev.earshot.fetcher.request;

import dev.earshot.events.DeadLetter;
import dev.earshot.events.Refusal;
import dev.earshot.events.Topics;
import dev.earshot.fetcher.health.Dependencies;
import dev.earshot.fetcher.outcome.OutcomeConfig;
import dev.earshot.fetcher.outcome.PublishRetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Keeps what could not be read, as it came, with where it came from and why. */
@Singleton
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final List<String> READ_HERE =
            List.of(Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS, Topics.LISTING_REQUESTS);

    private final MutinyEmitter<Record<String, byte[]>> emitter;
    private final PublishRetry retry;
    private final MeterRegistry meters;

    @Inject
    DeadLetters(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Record<String, byte[]>> emitter,
            OutcomeConfig config,
            Dependencies dependencies,
            MeterRegistry meters) {
        this.emitter = emitter;
        this.retry = new PublishRetry(config.retryInitial(), config.retryMax(), dependencies);
        this.meters = meters;
        // There from the start, so that the first one shows as an increase.
        for (String topic : READ_HERE) {
            letters(topic).increment(0);
            refused(topic).increment(0);
        }
    }

    /**
     * Keeps the record; of one that is as large as the broker takes only the beginning. A letter that the broker will
     * never take is told in the log, where it can be found by its offset, and given up: nothing may wait for it.
     *
     * @return completes after the broker's ack, however long that takes; never fails
     */
    Uni<Void> keep(ConsumerRecord<String, byte[]> record, String reason) {
        DeadLetter letter = letter(record, reason);
        return sent(record, letter)
                .onFailure(Refusal::isTooLarge)
                .recoverWithUni(() -> sent(record, letter.cut()))
                .invoke(() -> kept(record, reason))
                .onFailure()
                .recoverWithUni(failure -> refused(record, reason, failure));
    }

    private Uni<Void> sent(ConsumerRecord<String, byte[]> record, DeadLetter letter) {
        return retry.untilAcknowledgedOrRefused(() -> emitter.sendMessage(message(record, letter)));
    }

    private Uni<Void> refused(ConsumerRecord<String, byte[]> record, String reason, Throwable failure) {
        refused(record.topic()).increment();
        LOG.errorf(
                "A record could not even be put aside, the broker refuses it for good (%s): %s (%s partition %d offset %d)",
                failure, reason, record.topic(), record.partition(), record.offset());
        return Uni.createFrom().voidItem();
    }

    private void kept(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.errorf(
                "A record could not be read and was put to the dead letters: %s (%s partition %d offset %d)",
                reason, record.topic(), record.partition(), record.offset());
        letters(record.topic()).increment();
    }

    private Counter letters(String topic) {
        return Counter.builder("earshot_dead_letters")
                .description("Records that could not be read")
                .tag("topic", topic)
                .register(meters);
    }

    private Counter refused(String topic) {
        return Counter.builder("earshot_dead_letters_refused")
                .description("Unreadable records that could not even be put aside")
                .tag("topic", topic)
                .register(meters);
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

    /** A record of our own as payload: a message without one, as a letter without a value would be, is not sent. */
    private static Message<Record<String, byte[]>> message(ConsumerRecord<String, byte[]> record, DeadLetter letter) {
        RecordHeaders headers = new RecordHeaders();
        letter.headers().forEach(header -> headers.add(header.name(), header.value()));
        return Message.of(Record.of(letter.key(), letter.value()))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(Topics.deadLetters(record.topic()))
                        .withHeaders(headers)
                        .build());
    }
}
