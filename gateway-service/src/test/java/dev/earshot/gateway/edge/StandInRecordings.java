package dev.earshot.gateway.edge;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.Facts;
import dev.earshot.gateway.recording.Playability;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.recording.RecordingState.Deleted;
import dev.earshot.gateway.recording.RecordingState.Failed;
import dev.earshot.gateway.recording.RecordingState.Fetching;
import dev.earshot.gateway.recording.RecordingState.Ready;
import dev.earshot.gateway.recording.RecordingState.Waiting;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.Registration;
import dev.earshot.gateway.recording.Sid;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The core's port in memory, so that the edge can be shown every state of a recording at will. */
@Alternative
@Priority(1)
@ApplicationScoped
public class StandInRecordings implements Recordings {
    private final Map<RecordingKey, Recording> rows = new ConcurrentHashMap<>();
    private final BroadcastProcessor<RecordingKey> changes = BroadcastProcessor.create();
    private volatile Optional<Registration> lastRegistration = Optional.empty();

    /** Puts a row. */
    public Recording put(RecordingKey key, CallSid call, RecordingState state) {
        Recording row =
                new Recording(key, new AccountSid("AC" + "0".repeat(32)), call, Facts.NONE, 1, 1, state, Instant.now());
        rows.put(key, row);
        changes.onNext(key);
        return row;
    }

    /** The last registration that was made. */
    public Optional<Registration> lastRegistration() {
        return lastRegistration;
    }

    @Override
    public Uni<Optional<Recording>> find(Tenant tenant, Sid sid) {
        return Uni.createFrom().item(() -> row(tenant, sid));
    }

    private Optional<Recording> row(Tenant tenant, Sid sid) {
        return switch (sid) {
            case Sid.OfRecording of -> Optional.ofNullable(rows.get(new RecordingKey(tenant, of.sid())));
            case Sid.OfCall of ->
                rows.values().stream()
                        .filter(row -> row.key().tenant().equals(tenant)
                                && row.callSid().equals(of.sid()))
                        .findFirst();
        };
    }

    @Override
    public Uni<Playability> ask(Tenant tenant, Sid sid, Optional<String> traceparent) {
        return Uni.createFrom()
                .item(() -> row(tenant, sid).map(StandInRecordings::tell).orElseGet(Playability.Unknown::new));
    }

    private static Playability tell(Recording row) {
        return switch (row.state()) {
            case Ready ready -> new Playability.Playable(row, ready);
            case Failed failed -> new Playability.Unavailable(row, failed.reason(), !failed.isFinal());
            case Deleted deleted -> new Playability.Gone(row);
            case Waiting waiting -> new Playability.Preparing(row);
            case Fetching fetching -> new Playability.Preparing(row);
            case RecordingState.Registered registered -> new Playability.Expired(row);
            case RecordingState.Evicted evicted -> new Playability.Preparing(row);
        };
    }

    @Override
    public Uni<Playability> askAndWait(Tenant tenant, Sid sid, Optional<String> traceparent, Duration atMost) {
        return ask(tenant, sid, traceparent)
                .chain(found -> found instanceof Playability.Preparing
                        ? changes.toUni()
                                .ifNoItem()
                                .after(atMost.plusMillis(1))
                                .recoverWithItem(new RecordingKey(
                                        tenant, new dev.earshot.events.RecordingSid("RE" + "0".repeat(32))))
                                .chain(ignored -> ask(tenant, sid, traceparent))
                        : Uni.createFrom().item(found));
    }

    @Override
    public Uni<Optional<Playability>> vanished(RecordingKey key, int generation, Optional<String> traceparent) {
        return Uni.createFrom()
                .item(() -> Optional.of(tell(put(
                        key,
                        rows.get(key).callSid(),
                        new Waiting(Lane.INTERACTIVE, Instant.now(), Optional.of(FailureReason.STORE_MISMATCH))))));
    }

    @Override
    public Uni<Registration.Outcome> register(Registration registration) {
        return Uni.createFrom().item(() -> {
            lastRegistration = Optional.of(registration);
            Recording known = rows.get(registration.key());
            if (known == null) {
                return new Registration.Outcome.Created(
                        put(registration.key(), registration.callSid(), new RecordingState.Registered()));
            }
            if (known.state() instanceof Deleted) {
                return new Registration.Outcome.Gone();
            }
            return known.callSid().equals(registration.callSid())
                    ? new Registration.Outcome.Known(known)
                    : new Registration.Outcome.Conflicting("callSid");
        });
    }
}
