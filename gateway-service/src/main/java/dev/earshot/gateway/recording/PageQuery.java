package dev.earshot.gateway.recording;

import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingSid;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of a tenant's recordings are wanted, newest first.
 *
 * @param filter what they must be
 * @param after the last one of the page before; empty for the first page
 * @param atMost how many, 1 or more
 */
public record PageQuery(Filter filter, Optional<Position> after, int atMost) {
    /**
     * What the recordings of all pages must be; what is empty does not matter.
     *
     * @param reason the last fetch failed so; of what has failed or waits for another try alone
     * @param from they began then or later
     * @param to they began before
     */
    public record Filter(
            Optional<CallSid> callSid,
            Optional<State> state,
            Optional<FailureReason> reason,
            Optional<Instant> from,
            Optional<Instant> to) {}

    /**
     * A place in the order: newest first, then by SID. It stays where it is when recordings are added, and it tells
     * nothing that the recording itself does not.
     *
     * @param beganAt to the microsecond, as the database keeps it
     */
    public record Position(Instant beganAt, RecordingSid recordingSid) {}

    /** The states that can be asked for. What is deleted is not listed. */
    public enum State {
        REGISTERED,
        FETCHING,
        WAITING,
        READY,
        FAILED,
        EVICTED;

        /** By its name in answers. */
        public static Optional<State> parse(String wireName) {
            return Arrays.stream(values())
                    .filter(state -> state.wireName().equals(wireName))
                    .findFirst();
        }

        /** The same as {@link RecordingState#wireName()}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
