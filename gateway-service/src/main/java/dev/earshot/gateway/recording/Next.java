package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import java.time.Duration;

/** What follows a failed attempt. */
public sealed interface Next {
    /**
     * Another attempt.
     *
     * @param reason what the attempt met
     * @param counted whether it counts towards the most that are made
     * @param after the pause
     * @param clickAfter how much of the pause not even a click skips
     * @param newGeneration what lies under this generation's key is not ours: the next attempt writes another
     */
    record Retry(FailureReason reason, boolean counted, Duration after, Duration clickAfter, boolean newGeneration)
            implements Next {}

    /**
     * No further attempt.
     *
     * @param reason why
     * @param isFinal no request of a listener will start another one
     * @param claimableAfter how long until a request starts one, where it is not final
     */
    record GiveUp(FailureReason reason, boolean isFinal, Duration claimableAfter) implements Next {}

    /**
     * How often an attempt of this promise failed before.
     *
     * @param failing how long ago the first of them failed
     */
    record SoFar(int failures, int counted, int notAudio, Duration failing) {}

    /** Decides; pure. */
    @FunctionalInterface
    interface Policy {
        /** @param soFar the failures before this one */
        Next after(SoFar soFar, FailureReason reason, boolean counted, Duration retryAfter);
    }
}
