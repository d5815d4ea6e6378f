package dev.earshot.gateway.playback;

import dev.earshot.events.FailureReason;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Playability;
import dev.earshot.gateway.recording.Playability.Unavailable;
import dev.earshot.gateway.recording.RecordingState.Failed;
import java.time.Duration;
import java.util.Optional;

/** Why there is no audio, as rows of the problem table. */
public final class Refusals {
    /** How soon the store is worth another try. */
    private static final Duration STORE_RETRY = Duration.ofSeconds(2);

    private Refusals() {}

    /** What is to be told instead of the audio; empty if it is there or on its way. */
    public static Optional<Problem> of(Playability found) {
        return switch (found) {
            case Playability.Playable playable -> Optional.empty();
            case Playability.Preparing preparing -> Optional.empty();
            case Playability.Unknown unknown -> Optional.of(unknown());
            case Unavailable unavailable -> Optional.of(unavailable(unavailable));
            case Playability.Expired expired -> Optional.of(expired());
            case Playability.Gone gone -> Optional.of(gone());
        };
    }

    /** The one answer for what is unknown and for what is somebody else's: not a byte may differ. */
    static Problem unknown() {
        return Problem.of(ProblemType.RECORDING_NOT_FOUND);
    }

    static Problem expired() {
        return Problem.of(ProblemType.RECORDING_EXPIRED);
    }

    static Problem gone() {
        return Problem.of(ProblemType.RECORDING_DELETED);
    }

    /** The store does not answer as it should. */
    public static Problem storeUnavailable() {
        return Problem.of(ProblemType.STORE_UNAVAILABLE).retryAfter(STORE_RETRY);
    }

    static Problem unavailable(Unavailable found) {
        FailureReason reason = found.reason();
        if (reason == FailureReason.ABSENT) {
            return Problem.of(ProblemType.RECORDING_ABSENT);
        }
        if (reason == FailureReason.SOURCE_DELETED) {
            return Problem.of(ProblemType.SOURCE_DELETED);
        }
        return found.retryable()
                ? Problem.of(ProblemType.FETCH_FAILED)
                        .member("reason", reason.code())
                        .retryAfter(untilClaimable(found))
                : Problem.of(ProblemType.RECORDING_UNPLAYABLE).member("reason", reason.code());
    }

    private static Duration untilClaimable(Unavailable found) {
        return found.recording().state() instanceof Failed failed
                ? Duration.between(found.recording().readAt(), failed.claimableAt())
                : STORE_RETRY;
    }
}
