package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.StoredObject;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of a recording; each state carries only its own data.
 *
 * <pre>
 * Registered ─claim─▶ Fetching ─ready──────────▶ Ready ─retention─▶ Evicted ─claim─▶ Fetching
 *     │                │  ▲                        └─object gone at playback─▶ Fetching
 *     │                │  └─due── Waiting ◀─failed, may be retried──┐
 *     └─absent─┐       └───────────────────failed for good──▶ Failed(reason) ─redrive or cool-down over─▶ Fetching
 *              └▶ Failed(absent)         any ─delete─▶ Deleted
 * </pre>
 */
public sealed interface RecordingState {
    /** Known, and nobody has asked for it yet. */
    record Registered() implements RecordingState {}

    /** A fetch was promised and its request is published or about to be. */
    record Fetching(Lane lane, Instant since) implements RecordingState {}

    /** A fetch was promised and its next attempt is due at a time. */
    record Waiting(Lane lane, Instant dueAt, Optional<FailureReason> lastReason) implements RecordingState {}

    /**
     * The audio is there.
     *
     * @param readyAt when it was confirmed, to the second: the audio's {@code Last-Modified}
     */
    record Ready(StoredObject object, long durationMillis, int channels, Instant readyAt) implements RecordingState {}

    /**
     * The audio cannot be had.
     *
     * @param isFinal no request of a listener will start another attempt
     * @param claimableAt from when on a request starts one, where it is not final
     */
    record Failed(FailureReason reason, boolean isFinal, Instant claimableAt) implements RecordingState {}

    /** Was ready; the audio was dropped and can be fetched again. */
    record Evicted() implements RecordingState {}

    /** Gone for good; only this tombstone is left. */
    record Deleted() implements RecordingState {}

    /** The state's name in answers, logs and metrics, for example {@code waiting}. */
    default String wireName() {
        return switch (this) {
            case Registered r -> "registered";
            case Fetching f -> "fetching";
            case Waiting w -> "waiting";
            case Ready r -> "ready";
            case Failed f -> "failed";
            case Evicted e -> "evicted";
            case Deleted d -> "deleted";
        };
    }
}
