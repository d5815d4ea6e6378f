package dev.earshot.fetcher.outcome;

import dev.earshot.events.EarshotEvent;
import dev.earshot.events.EventCodec;
import dev.earshot.events.ListingProgress;
import dev.earshot.events.RecordingSeen;
import dev.earshot.events.Topics;
import dev.earshot.fetcher.health.Dependencies;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Publishes what the lists of the accounts have. */
@Singleton
public class ListingAnnouncer {
    /** Records of one page on their way at a time: the producer batches them, and this bounds its buffer. */
    private static final int AT_ONCE = 64;

    private final MutinyEmitter<byte[]> listings;
    private final PublishRetry retry;

    @Inject
    ListingAnnouncer(
            @Channel("listings") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> listings,
            OutcomeConfig config,
            Dependencies dependencies) {
        this.listings = listings;
        this.retry = new PublishRetry(config.retryInitial(), config.retryMax(), dependencies);
    }

    /** @return completes when the broker has all of them, however long that takes; never fails */
    public Uni<Void> seen(List<RecordingSeen> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUni(event -> send(Topics.RECORDINGS_SEEN, event))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @return completes when the broker has it, however long that takes; never fails */
    public Uni<Void> progress(ListingProgress event) {
        return send(Topics.LISTING_PROGRESS, event);
    }

    private Uni<Void> send(String topic, EarshotEvent event) {
        return retry.untilAcknowledged(() -> listings.sendMessage(message(topic, event)));
    }

    private static Message<byte[]> message(String topic, EarshotEvent event) {
        RecordHeaders headers = new RecordHeaders();
        EventCodec.headers(event).forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return Message.of(EventCodec.data(event))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(topic)
                        .withKey(event.kafkaKey())
                        .withHeaders(headers)
                        .build());
    }
}
