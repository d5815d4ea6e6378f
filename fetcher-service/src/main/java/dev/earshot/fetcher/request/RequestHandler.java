package dev.earshot.fetcher.request;

import dev.earshot.events.FetchRequested;
import dev.earshot.fetcher.fetch.FetchResult;
import dev.earshot.fetcher.fetch.FetchService;
import dev.earshot.fetcher.outcome.Announcer;
import dev.earshot.fetcher.outcome.OutcomeLog;
import dev.earshot.fetcher.request.IncomingRecord.DeadLetter;
import dev.earshot.fetcher.request.IncomingRecord.Request;
import dev.earshot.fetcher.store.S3ObjectStore;
import dev.earshot.fetcher.trace.Spans;
import dev.earshot.fetcher.trace.Step;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;

/** One record, from Kafka to its ack. */
@Singleton
class RequestHandler {
    private final FetchService fetches;
    private final Announcer announcer;
    private final OutcomeLog log;
    private final DeadLetters deadLetters;
    private final S3ObjectStore store;
    private final InHand inHand;
    private final Clock clock;
    private final Spans spans;

    @Inject
    RequestHandler(
            FetchService fetches,
            Announcer announcer,
            OutcomeLog log,
            DeadLetters deadLetters,
            S3ObjectStore store,
            InHand inHand,
            Clock clock,
            Spans spans) {
        this.fetches = fetches;
        this.announcer = announcer;
        this.log = log;
        this.deadLetters = deadLetters;
        this.store = store;
        this.inHand = inHand;
        this.clock = clock;
        this.spans = spans;
    }

    /** @return completes when the record may be forgotten; while draining, never: the next process will have it */
    Uni<Void> handle(Message<byte[]> message) {
        return inHand.during(Uni.createFrom()
                .deferred(() -> answer(record(message)))
                .chain(() -> Uni.createFrom().completionStage(message::ack)));
    }

    private Uni<Void> answer(ConsumerRecord<String, byte[]> record) {
        return switch (IncomingRecord.read(record, store.bucket())) {
            case DeadLetter(String reason) -> deadLetters.keep(record, reason);
            case Request(FetchRequested event, var traceParent) ->
                spans.processing(record.topic(), traceParent, step -> answer(event, noted(step, event, record)));
        };
    }

    private Uni<Void> answer(FetchRequested event, Step step) {
        if (event.expirytime().isBefore(clock.instant())) {
            step.with("earshot.outcome", "expired");
            return Uni.createFrom().voidItem().invoke(() -> log.expired(event, step.traceparent()));
        }
        return fetches.fetch(event, step.traceparent())
                .invoke(result -> noted(step, result))
                .chain(result -> announcer.announce(event, result, step.traceparent()));
    }

    private static Step noted(Step step, FetchRequested event, ConsumerRecord<String, byte[]> record) {
        return step.about(event.key())
                .with("messaging.destination.partition.id", Integer.toString(record.partition()))
                .with("messaging.kafka.offset", record.offset())
                .with("earshot.generation", event.generation())
                .with("earshot.attempt", event.attempt());
    }

    private static void noted(Step step, FetchResult result) {
        switch (result) {
            case FetchResult.Stored stored ->
                step.with("earshot.outcome", stored.downloaded() ? "stored" : "already-stored");
            case FetchResult.Failed failed ->
                step.with("earshot.outcome", "failed")
                        .failed(failed.verdict().reason().code());
        }
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<String, byte[]> record(Message<byte[]> message) {
        IncomingKafkaRecordMetadata<String, byte[]> metadata = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("a message that did not come from Kafka"));
        return metadata.getRecord();
    }
}
