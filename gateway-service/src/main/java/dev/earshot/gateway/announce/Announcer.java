package dev.earshot.gateway.announce;

import dev.earshot.events.FailureReason;
import dev.earshot.events.StateChanged;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Topics;
import dev.earshot.gateway.recording.DueWork;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.trace.Spans;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Publishes {@code state-changed}. */
@ApplicationScoped
public class Announcer {
    private final MutinyEmitter<byte[]> recordings;
    private final DueWork due;
    private final Spans spans;

    Announcer(
            @Channel("recordings") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
                    MutinyEmitter<byte[]> recordings,
            DueWork due,
            Spans spans) {
        this.recordings = recordings;
        this.due = due;
        this.spans = spans;
    }

    /**
     * Announces a leased change, and clears it when the broker has acknowledged it. After a lease that is over (the process was
     * stopped, and goes on) another replica may have announced something newer: nothing is said.
     */
    public Uni<Void> announce(DueWork.Announcement announcement) {
        return Uni.createFrom()
                .deferred(() -> announcement.lease().isOver()
                        ? Uni.createFrom().voidItem()
                        : sent(announcement).chain(() -> due.announced(announcement)));
    }

    private Uni<Void> sent(DueWork.Announcement announcement) {
        return event(announcement)
                .map(event -> sent(event, announcement.traceparent()))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> sent(StateChanged event, Optional<String> traceparent) {
        return spans.sending(
                Topics.RECORDINGS,
                traceparent,
                step -> recordings.sendMessage(EventMessage.of(
                        event,
                        step.about(event.key())
                                .with("earshot.state", event.state().name().toLowerCase(Locale.ROOT))
                                .traceparent())));
    }

    /**
     * While it is being fetched, whatever comes of it is announced then; but if an earlier generation is gone by eviction or
     * from the store itself, ready must not stay the last word meanwhile.
     */
    static Optional<StateChanged> event(DueWork.Announcement announcement) {
        return switch (announcement.recording().state()) {
            case RecordingState.Ready ready ->
                Optional.of(
                        event(announcement, StateChanged.State.READY, Optional.of(ready.object()), Optional.empty()));
            case RecordingState.Failed failed ->
                Optional.of(
                        event(announcement, StateChanged.State.FAILED, Optional.empty(), Optional.of(failed.reason())));
            case RecordingState.Evicted e ->
                Optional.of(event(announcement, StateChanged.State.EVICTED, Optional.empty(), Optional.empty()));
            case RecordingState.Deleted d ->
                Optional.of(event(announcement, StateChanged.State.DELETED, Optional.empty(), Optional.empty()));
            case RecordingState.Registered r -> Optional.empty();
            case RecordingState.Fetching f -> earlierIsGone(announcement);
            case RecordingState.Waiting w -> earlierIsGone(announcement);
        };
    }

    private static Optional<StateChanged> earlierIsGone(DueWork.Announcement announcement) {
        int earlier = announcement.recording().generation() - 1;
        return earlier == 0
                ? Optional.empty()
                : Optional.of(
                        event(announcement, StateChanged.State.EVICTED, Optional.empty(), Optional.empty(), earlier));
    }

    private static StateChanged event(
            DueWork.Announcement announcement,
            StateChanged.State state,
            Optional<StoredObject> object,
            Optional<FailureReason> reason) {
        return event(
                announcement, state, object, reason, announcement.recording().generation());
    }

    private static StateChanged event(
            DueWork.Announcement announcement,
            StateChanged.State state,
            Optional<StoredObject> object,
            Optional<FailureReason> reason,
            int generation) {
        Recording recording = announcement.recording();
        return new StateChanged(
                recording.key().tenant(),
                recording.accountSid(),
                recording.callSid(),
                recording.key().recordingSid(),
                state,
                object,
                reason,
                announcement.changedAt(),
                generation,
                recording.attempt());
    }
}
