package dev.earshot.gateway.playback;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The body of a 202. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PreparingBody(
        String status, String recordingSid, String state, int attempt, Optional<String> nextAttemptAt, Links links) {
    static PreparingBody of(Recording recording) {
        return new PreparingBody(
                "preparing",
                recording.key().recordingSid().value(),
                recording.state().wireName(),
                recording.attempt(),
                dueAt(recording).map(Instant::toString),
                Links.of(recording.key().recordingSid()));
    }

    /** When the next attempt is due, or soon; between one second and five minutes. */
    @JsonIgnore
    Duration retryAfter(Instant readAt, Duration soon) {
        Duration wait = nextAttemptAt
                .map(Instant::parse)
                .map(due -> Duration.between(readAt, due).plusSeconds(1))
                .orElse(soon);
        return wait.compareTo(soon) < 0
                ? soon
                : wait.compareTo(Duration.ofMinutes(5)) > 0 ? Duration.ofMinutes(5) : wait;
    }

    private static Optional<Instant> dueAt(Recording recording) {
        return recording.state() instanceof RecordingState.Waiting waiting
                ? Optional.of(waiting.dueAt())
                : Optional.empty();
    }
}
