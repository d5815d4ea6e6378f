package dev.earshot.gateway.fetch;

import dev.earshot.gateway.trace.Spans;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Reads outcomes, a bounded number at a time and each recording's in their order: one that waits for its object, or for
 * the database, delays no other recording's. An offset is committed only after the effects of all before it.
 */
@ApplicationScoped
class OutcomeConsumer {
    private static final Logger LOG = Logger.getLogger(OutcomeConsumer.class);

    private static final String CHANNEL = "fetch-outcomes";

    private final Multi<Message<byte[]>> messages;
    private final OutcomeHandler handler;
    private final OutcomesConfig config;
    private final KafkaClientService kafka;
    private final Spans spans;
    private final InOrder inOrder = new InOrder();
    private final InHand inHand = new InHand();

    @Inject
    OutcomeConsumer(
            @Channel(CHANNEL) Multi<Message<byte[]>> messages,
            OutcomeHandler handler,
            OutcomesConfig config,
            KafkaClientService kafka,
            Spans spans) {
        this.messages = messages;
        this.handler = handler;
        this.config = config;
        this.kafka = kafka;
        this.spans = spans;
    }

    void start(@Observes StartupEvent event) {
        var ignored = consume(messages)
                .subscribe()
                .with(done -> {}, OutcomeConsumer::died, () -> LOG.debug("No more outcomes"));
    }

    /**
     * Outcomes are taken in while streams drain, and no longer: what is in hand comes to its end before the database goes,
     * or the consumer would hold its partitions, unable to do anything, until its own time-out. Of what was read before the
     * pause the part that has not begun by then never begins; another replica reads it again.
     */
    void stop(@Observes ShutdownEvent event) {
        // Subscribed to and not awaited: it counts as in hand, so the one wait below is for it too.
        var ignored = inHand.during(Uni.createFrom()
                        .deferred(() -> kafka.getConsumer(CHANNEL).pause()))
                .subscribe()
                .with(paused -> {}, failure -> LOG.debug("The consumer of outcomes could not be paused", failure));
        if (!inHand.awaitEnd(config.drain())) {
            LOG.warnf("Outcomes were still in hand after %s; another replica takes them", config.drain());
        }
    }

    Multi<Void> consume(Multi<Message<byte[]>> incoming) {
        return incoming.onItem().transformToUni(this::handle).merge(config.inHand());
    }

    private Uni<Void> handle(Message<byte[]> message) {
        ConsumerRecord<String, byte[]> record = record(message);
        return inHand.during(inOrder.after(key(record), () -> traced(record))
                .chain(() -> Uni.createFrom().completionStage(message::ack)));
    }

    private Uni<Void> traced(ConsumerRecord<String, byte[]> record) {
        return spans.processing(record.topic(), EventTrace.parent(record), step -> {
            EventTrace.note(step, record);
            return handler.handle(record);
        });
    }

    /** A record without a key is none of ours and goes to the dead letters; it need wait for nothing. */
    private static String key(ConsumerRecord<String, byte[]> record) {
        return record.key() == null ? record.partition() + "@" + record.offset() : record.key();
    }

    /** Without its consumer this replica would leave its partitions unread, and only a new process gets a new one. */
    private static void died(Throwable failure) {
        LOG.error("The consumer of outcomes has died; the process ends", failure);
        Quarkus.asyncExit(1);
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<String, byte[]> record(Message<byte[]> message) {
        IncomingKafkaRecordMetadata<String, byte[]> metadata = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("a message that did not come from Kafka"));
        return metadata.getRecord();
    }
}
