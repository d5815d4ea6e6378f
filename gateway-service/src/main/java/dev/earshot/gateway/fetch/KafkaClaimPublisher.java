package dev.earshot.gateway.fetch;

import dev.earshot.events.FetchRequested;
import dev.earshot.events.ObjectRef;
import dev.earshot.events.Topics;
import dev.earshot.gateway.announce.EventMessage;
import dev.earshot.gateway.recording.Claim;
import dev.earshot.gateway.recording.ClaimMarks;
import dev.earshot.gateway.recording.ClaimPublisher;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingLog;
import dev.earshot.gateway.store.StoreControl;
import dev.earshot.gateway.trace.Spans;
import dev.earshot.gateway.trace.Step;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Publishes fetch requests, each lane on its own topic. */
@ApplicationScoped
class KafkaClaimPublisher implements ClaimPublisher {
    private static final RecordingLog LOG = new RecordingLog(KafkaClaimPublisher.class);
    /** What does not fit waits in the database: the sweeper publishes it. */
    private static final int BUFFER = 1024;
    /** Where nobody told: of two asked for, the fetcher falls back to one (error 16113); of one asked for, half is lost. */
    private static final int MOST_CHANNELS = 2;

    private final MutinyEmitter<byte[]> interactive;
    private final MutinyEmitter<byte[]> bulk;
    private final ClaimMarks marks;
    private final StoreControl store;
    private final MeterRegistry meters;
    private final Spans spans;

    KafkaClaimPublisher(
            @Channel("fetch-requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<byte[]> interactive,
            @Channel("prefetch-requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<byte[]> bulk,
            ClaimMarks marks,
            StoreControl store,
            MeterRegistry meters,
            Spans spans) {
        this.interactive = interactive;
        this.bulk = bulk;
        this.marks = marks;
        this.store = store;
        this.meters = meters;
        this.spans = spans;
    }

    @Override
    public void publish(Claim claim) {
        publish(claim, "request");
    }

    @Override
    public void publishDue(Claim claim) {
        publish(claim, "sweeper");
    }

    private void publish(Claim claim, String publisher) {
        send(claim, publisher)
                .chain(() -> marks.published(claim))
                .subscribe()
                .with(
                        marked -> {},
                        failure -> LOG.warn(
                                RecordingLog.Keys.of(claim.recording()),
                                "The fetch request could not be published; the sweeper will: " + failure));
    }

    private Uni<Void> send(Claim claim, String publisher) {
        FetchRequested event = event(claim);
        meters.counter("earshot.fetch.requests", "lane", claim.lane().name().toLowerCase(Locale.ROOT))
                .increment();
        // The row's trace and not the thread's: whoever publishes this may do so long after the request has ended.
        return switch (claim.lane()) {
            case INTERACTIVE ->
                spans.sending(
                        Topics.FETCH_REQUESTS,
                        claim.traceparent(),
                        step -> send(interactive, event, noted(step, event, publisher)));
            case BULK ->
                spans.sending(
                        Topics.PREFETCH_REQUESTS,
                        claim.traceparent(),
                        step -> send(bulk, event, noted(step, event, publisher)));
        };
    }

    /** Deferred: an emitter whose buffer is full throws. */
    private static Uni<Void> send(MutinyEmitter<byte[]> emitter, FetchRequested event, Step step) {
        return Uni.createFrom().deferred(() -> emitter.sendMessage(EventMessage.of(event, step.traceparent())));
    }

    private static Step noted(Step step, FetchRequested event, String publisher) {
        return step.about(event.key())
                .with("earshot.generation", event.generation())
                .with("earshot.attempt", event.attempt())
                .with("earshot.publisher", publisher);
    }

    private FetchRequested event(Claim claim) {
        Recording recording = claim.recording();
        return new FetchRequested(
                recording.key().tenant(),
                recording.accountSid(),
                recording.callSid(),
                recording.key().recordingSid(),
                new ObjectRef(store.bucket(), recording.key().objectKey(recording.generation())),
                claim.format(),
                recording.facts().channels().orElse(MOST_CHANNELS),
                recording.generation(),
                recording.attempt(),
                claim.lane(),
                claim.claimedAt(),
                claim.expiresAt());
    }
}
