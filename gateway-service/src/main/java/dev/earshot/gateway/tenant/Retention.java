package dev.earshot.gateway.tenant;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a tenant's recordings are kept; what is empty is kept for ever.
 *
 * @param evictAfterUnplayed after so long without a listener the audio is dropped, and can be fetched again
 * @param deleteAfter so long after the call the recording is deleted for good
 */
public record Retention(Optional<Duration> evictAfterUnplayed, Optional<Duration> deleteAfter) {
    /** Nothing ever goes by itself. */
    public static final Retention FOR_EVER = new Retention(Optional.empty(), Optional.empty());

    /** Less is a slip of the pen, an hour for a month, that would cost a tenant's recordings. */
    public static final Duration SHORTEST = Duration.ofDays(1);

    /** @throws IllegalArgumentException if one of them is less than {@link #SHORTEST} */
    public Retention {
        evictAfterUnplayed.ifPresent(time -> require("evictAfterUnplayed", time));
        deleteAfter.ifPresent(time -> require("deleteAfter", time));
    }

    private static void require(String name, Duration time) {
        if (time.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(name + " must be at least " + SHORTEST.toDays() + " day");
        }
    }
}
