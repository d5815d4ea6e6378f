package dev.earshot.fetcher.request;

import dev.earshot.events.Topics;
import dev.earshot.fetcher.health.Dependencies;
import dev.earshot.fetcher.outcome.OutcomeConfig;
import dev.earshot.fetcher.outcome.PublishRetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
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

    private final MutinyEmitter<byte[]> emitter;
    private final PublishRetry retry;
    private final MeterRegistry meters;

    @Inject
    DeadLetters(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter,
            OutcomeConfig config,
            Dependencies dependencies,
            MeterRegistry meters) {
        this.emitter = emitter;
        this.retry = new PublishRetry(config.retryInitial(), config.retryMax(), dependencies);
        this.meters = meters;
    }

    /** @return completes after the broker's ack, however long that takes; never fails */
    Uni<Void> keep(ConsumerRecord<String, byte[]> record, String reason) {
        return retry.untilAcknowledged(() -> emitter.sendMessage(message(record, reason)))
                .invoke(() -> kept(record, reason));
    }

    private void kept(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.errorf(
                "A record could not be read and was put to the dead letters: %s (%s partition %d offset %d)",
                reason, record.topic(), record.partition(), record.offset());
        Counter.builder("earshot_dead_letters")
                .description("Records that could not be read")
                .tag("topic", record.topic())
                .register(meters)
                .increment();
    }

    private static Message<byte[]> message(ConsumerRecord<String, byte[]> record, String reason) {
        RecordHeaders headers = new RecordHeaders(record.headers().toArray());
        add(headers, "earshot-dead-letter-reason", reason);
        add(headers, "earshot-dead-letter-topic", record.topic());
        add(headers, "earshot-dead-letter-partition", Integer.toString(record.partition()));
        add(headers, "earshot-dead-letter-offset", Long.toString(record.offset()));
        return Message.of(record.value() == null ? new byte[0] : record.value())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(Topics.deadLetters(record.topic()))
                        .withKey(record.key())
                        .withHeaders(headers)
                        .build());
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
