package dev.earshot.gateway.fetch;

import dev.earshot.events.FetchRequested;
import dev.earshot.events.ObjectRef;
import dev.earshot.gateway.announce.EventMessage;
import dev.earshot.gateway.recording.Claim;
import dev.earshot.gateway.recording.ClaimMarks;
import dev.earshot.gateway.recording.ClaimPublisher;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingLog;
import dev.earshot.gateway.store.StoreControl;
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

    KafkaClaimPublisher(
            @Channel("fetch-requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<byte[]> interactive,
            @Channel("prefetch-requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<byte[]> bulk,
            ClaimMarks marks,
            StoreControl store,
            MeterRegistry meters) {
        this.interactive = interactive;
        this.bulk = bulk;
        this.marks = marks;
        this.store = store;
        this.meters = meters;
    }

    @Override
    public void publish(Claim claim) {
        send(claim)
                .chain(() -> marks.published(claim))
                .subscribe()
                .with(
                        marked -> {},
                        failure -> LOG.warn(
                                RecordingLog.Keys.of(claim.recording()),
                                "The fetch request could not be published; the sweeper will: " + failure));
    }

    private Uni<Void> send(Claim claim) {
        FetchRequested event = event(claim);
        MutinyEmitter<byte[]> emitter = switch (claim.lane()) {
            case INTERACTIVE -> interactive;
            case BULK -> bulk;
        };
        meters.counter("earshot.fetch.requests", "lane", claim.lane().name().toLowerCase(Locale.ROOT))
                .increment();
        // Deferred: an emitter whose buffer is full throws.
        return Uni.createFrom().deferred(() -> emitter.sendMessage(EventMessage.of(event, claim.traceparent())));
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
