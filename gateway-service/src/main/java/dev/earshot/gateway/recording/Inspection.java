package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that is known about a recording, with what became of it so far. A scope without a tenant is all tenants.
 *
 * <p>Failures: {@link RecordingsUnavailableException}.
 */
public interface Inspection {
    /** The recording, or the call's recordings, newest first; deleted ones too. A SID may be several tenants'. At most 20. */
    Uni<List<Inspected>> find(Optional<Tenant> scope, Sid sid);

    /**
     * Forgets the oldest of the history that is older than this.
     *
     * @return how many changes; fewer than were asked for if there are no more
     */
    Uni<Integer> forget(Duration keep, int atMost);

    /**
     * One recording.
     *
     * @param format in which it is fetched
     * @param failures attempts that failed since the promise began, counted ones among them
     * @param isFinal whether it failed for good
     * @param twilioCode what Twilio said of the attempt that the reason is about
     * @param history oldest first; the newest 200 changes, without the registration
     */
    record Inspected(
            Recording recording,
            String format,
            Lane lane,
            int priority,
            int failures,
            int countedAttempts,
            Optional<FailureReason> reason,
            boolean isFinal,
            OptionalInt twilioCode,
            Optional<String> traceparent,
            Map<Moment, Instant> moments,
            List<Change> history) {}

    /** What a row knows the time of, by the names of its columns. */
    enum Moment {
        /** Registered. */
        CREATED_AT,
        /** The last change of its state. */
        CHANGED_AT,
        /** The promise that is open, or was kept, began. */
        PROMISED_AT,
        /** This attempt was claimed. */
        CLAIMED_AT,
        /** The broker acknowledged its request. */
        PUBLISHED_AT,
        /** The last request is of no use to anybody after this. */
        LAST_REQUEST_EXPIRY,
        /** The open promise began to fail. */
        FAILING_SINCE,
        /** Nobody's click brings it forward before this. */
        NOT_BEFORE,
        /** A request may claim what failed from here on. */
        CLAIMABLE_AT,
        /** A fetch is to be started, published again, or given up as silent. */
        FETCH_DUE_AT,
        /** A change is to be announced. */
        ANNOUNCE_DUE_AT,
        /** Stored objects are to go. */
        PURGE_DUE_AT,
        /** The timer looks at it. */
        WAKE_AT,
        /** Somebody last began to listen, to the hour or so. */
        LAST_PLAYED_AT
    }

    /** What a recording became at one moment. */
    record Change(
            Instant at,
            String state,
            int generation,
            int attempt,
            Lane lane,
            Optional<FailureReason> reason,
            OptionalInt twilioCode) {}
}
