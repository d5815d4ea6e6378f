package dev.earshot.fetcher.request;

import dev.earshot.events.EventCodec;
import dev.earshot.events.ListingRequested;
import dev.earshot.events.UnreadableEventException;
import dev.earshot.fetcher.listing.BackfillListing;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Requests for the lists of backfills. They are not waited for at shutdown: a list may take long, its request stays uncommitted, and
 * another process begins it anew.
 */
@Singleton
class ListingRequests {
    private static final Logger LOG = Logger.getLogger(ListingRequests.class);
    /** Lists at a time; each is one request to Twilio at a time. No key: backfills are rare, and further ones wait in Kafka. */
    private static final int AT_ONCE = 4;

    private final Multi<Message<byte[]>> requests;
    private final BackfillListing listing;
    private final DeadLetters deadLetters;

    @Inject
    ListingRequests(
            @Channel("listing-requests") Multi<Message<byte[]>> requests,
            BackfillListing listing,
            DeadLetters deadLetters) {
        this.requests = requests;
        this.listing = listing;
        this.deadLetters = deadLetters;
    }

    void start(@Observes StartupEvent event) {
        var ignored = requests.onItem()
                .transformToUni(this::handle)
                .merge(AT_ONCE)
                .subscribe()
                .with(done -> {}, ListingRequests::died);
    }

    private Uni<Void> handle(Message<byte[]> message) {
        return Uni.createFrom()
                .deferred(() -> answer(record(message)))
                .chain(() -> Uni.createFrom().completionStage(message::ack));
    }

    private Uni<Void> answer(ConsumerRecord<String, byte[]> record) {
        ListingRequested request;
        try {
            request =
                    EventCodec.read(ListingRequested.class, record.key(), name -> header(record, name), record.value());
        } catch (UnreadableEventException e) {
            return deadLetters.keep(record, String.valueOf(e.getMessage()));
        }
        return listing.list(request);
    }

    /** Without its consumer this process leaves its partitions unread, and only a new one gets a new consumer. */
    private static void died(Throwable failure) {
        LOG.error("The consumer of listing requests has died; the process ends", failure);
        Quarkus.asyncExit(1);
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : EventCodec.text(header.value());
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<String, byte[]> record(Message<byte[]> message) {
        IncomingKafkaRecordMetadata<String, byte[]> metadata = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("a message that did not come from Kafka"));
        return metadata.getRecord();
    }
}
