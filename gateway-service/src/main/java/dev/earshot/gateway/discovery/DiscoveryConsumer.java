package dev.earshot.gateway.discovery;

import dev.earshot.events.Administered;
import dev.earshot.events.EarshotEvent;
import dev.earshot.events.ListingProgress;
import dev.earshot.events.ListingRequested;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingSeen;
import dev.earshot.gateway.fetch.DeadLetters;
import dev.earshot.gateway.fetch.InHand;
import dev.earshot.gateway.fetch.InOrder;
import dev.earshot.gateway.fetch.OutcomesConfig;
import dev.earshot.gateway.fetch.RecordHandler;
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
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Reads what was seen, a bounded number at a time; of one recording one after the other. */
@ApplicationScoped
class DiscoveryConsumer {
    private static final Logger LOG = Logger.getLogger(DiscoveryConsumer.class);
    private static final String CHANNEL = "discovery";
    /**
     * A page of a list comes at once; listeners' requests need the database's connections more than it does. No key: what
     * was seen a second later is known early enough.
     */
    private static final int AT_ONCE = 8;

    private final Multi<Message<byte[]>> seen;
    private final RecordHandler<EarshotEvent> handler;
    private final OutcomesConfig config;
    private final KafkaClientService kafka;
    private final InOrder inOrder = new InOrder();
    private final InHand inHand = new InHand();

    @Inject
    DiscoveryConsumer(
            @Channel(CHANNEL) Multi<Message<byte[]>> seen,
            Discovery discovery,
            Backfills backfills,
            DeadLetters deadLetters,
            OutcomesConfig config,
            KafkaClientService kafka) {
        this.seen = seen;
        this.handler = new RecordHandler<>(
                EarshotEvent.class, event -> effect(event, discovery, backfills), deadLetters::put, config);
        this.config = config;
        this.kafka = kafka;
    }

    private static Uni<Optional<String>> effect(EarshotEvent event, Discovery discovery, Backfills backfills) {
        return switch (event) {
            case RecordingSeen seen -> discovery.seen(seen).chain(finding -> counted(seen, finding, backfills));
            case ListingProgress progress -> backfills.progress(progress).map(done -> Optional.empty());
            case ListingRequested requested -> misplaced();
            case Administered administered -> misplaced();
            case RecordingEvent other -> misplaced();
        };
    }

    private static Uni<Optional<String>> counted(RecordingSeen seen, Discovery.Finding finding, Backfills backfills) {
        return seen.backfillId()
                .map(id -> backfills.count(UUID.fromString(id), seen.recordingSid(), finding))
                .orElseGet(() -> Uni.createFrom().voidItem())
                .map(done -> Optional.empty());
    }

    private static Uni<Optional<String>> misplaced() {
        return Uni.createFrom().item(Optional.of("this type does not belong on a topic of lists"));
    }

    void start(@Observes StartupEvent event) {
        var ignored = seen.onItem()
                .transformToUni(this::handle)
                .merge(AT_ONCE)
                .subscribe()
                .with(done -> {}, DiscoveryConsumer::died);
    }

    /** What is in hand comes to its end before the database goes; the rest is read again by another replica. */
    void stop(@Observes ShutdownEvent event) {
        var ignored = inHand.during(Uni.createFrom()
                        .deferred(() -> kafka.getConsumer(CHANNEL).pause()))
                .subscribe()
                .with(paused -> {}, failure -> LOG.debug("The consumer could not be paused", failure));
        if (!inHand.awaitEnd(config.drain())) {
            LOG.warnf("Sightings were still in hand after %s; another replica takes them", config.drain());
        }
    }

    private Uni<Void> handle(Message<byte[]> message) {
        ConsumerRecord<String, byte[]> record = record(message);
        String key = record.key() == null ? record.partition() + "@" + record.offset() : record.key();
        return inHand.during(inOrder.after(key, () -> handler.handle(record))
                .chain(() -> Uni.createFrom().completionStage(message::ack)));
    }

    /** Without its consumer this replica would leave its partitions unread, and only a new process gets a new one. */
    private static void died(Throwable failure) {
        LOG.error("The consumer of what was seen has died; the process ends", failure);
        Quarkus.asyncExit(1);
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<String, byte[]> record(Message<byte[]> message) {
        IncomingKafkaRecordMetadata<String, byte[]> metadata = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("a message that did not come from Kafka"));
        return metadata.getRecord();
    }
}
