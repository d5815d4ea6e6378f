package dev.earshot.gateway.info;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earshot.events.FailureReason;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.recording.RecordingState.Failed;
import dev.earshot.gateway.recording.RecordingState.Ready;
import dev.earshot.gateway.recording.RecordingState.Waiting;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A recording as the API shows it; what is not known is left out.
 *
 * @param durationSeconds as Twilio or the registering client told it
 * @param durationMillis as measured on the stored audio
 * @param reason why the last fetch failed
 * @param retryable whether asking for a failed one again may help
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RecordingView(
        String recordingSid,
        String callSid,
        String accountSid,
        String state,
        int attempt,
        Optional<String> nextAttemptAt,
        Optional<String> startedAt,
        OptionalInt durationSeconds,
        Optional<Long> durationMillis,
        OptionalInt channels,
        Optional<Long> sizeBytes,
        Optional<String> sha256,
        Optional<String> contentType,
        Optional<String> readyAt,
        Optional<String> reason,
        Optional<Boolean> retryable,
        Links links) {

    /** The view of a row. */
    public static RecordingView of(Recording recording) {
        Optional<Ready> ready = as(Ready.class, recording.state());
        return new RecordingView(
                recording.key().recordingSid().value(),
                recording.callSid().value(),
                recording.accountSid().value(),
                recording.state().wireName(),
                recording.attempt(),
                nextAttemptAt(recording.state()).map(Instant::toString),
                recording.facts().startedAt().map(Instant::toString),
                recording.facts().durationSeconds(),
                ready.map(Ready::durationMillis),
                ready.map(Ready::channels)
                        .map(OptionalInt::of)
                        .orElse(recording.facts().channels()),
                ready.map(audio -> audio.object().sizeBytes()),
                ready.map(audio -> audio.object().sha256().hex()),
                ready.map(audio -> audio.object().contentType()),
                ready.map(audio -> audio.readyAt().toString()),
                reason(recording.state()).map(FailureReason::code),
                as(Failed.class, recording.state()).map(failed -> !failed.isFinal()),
                ready.isPresent()
                        ? Links.ofReady(recording.key().recordingSid())
                        : Links.of(recording.key().recordingSid()));
    }

    private static Optional<Instant> nextAttemptAt(RecordingState state) {
        return switch (state) {
            case Waiting waiting -> Optional.of(waiting.dueAt());
            case Failed failed when !failed.isFinal() -> Optional.of(failed.claimableAt());
            default -> Optional.empty();
        };
    }

    private static Optional<FailureReason> reason(RecordingState state) {
        return switch (state) {
            case Waiting waiting -> waiting.lastReason();
            case Failed failed -> Optional.of(failed.reason());
            default -> Optional.empty();
        };
    }

    private static <T extends RecordingState> Optional<T> as(Class<T> type, RecordingState state) {
        return type.isInstance(state) ? Optional.of(type.cast(state)) : Optional.empty();
    }
}
