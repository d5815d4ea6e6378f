package dev.earshot.gateway.recording;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Twilio or a registering client told about a recording; all of it may be unknown and be added later.
 *
 * @param startedAt when the recording began
 * @param durationSeconds its length in seconds as Twilio tells it
 * @param channels 1 or 2
 */
public record Facts(Optional<Instant> startedAt, OptionalInt durationSeconds, OptionalInt channels) {
    /** Nothing is known. */
    public static final Facts NONE = new Facts(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** @throws IllegalArgumentException if the duration is negative or the channels are neither 1 nor 2 */
    public Facts {
        if (durationSeconds.isPresent() && durationSeconds.getAsInt() < 0) {
            throw new IllegalArgumentException("durationSeconds must not be negative");
        }
        if (channels.isPresent() && channels.getAsInt() != 1 && channels.getAsInt() != 2) {
            throw new IllegalArgumentException("channels must be 1 or 2");
        }
    }
}
