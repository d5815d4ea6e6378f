package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The verbs over recordings, for the edge. Every look-up is by tenant first: there is no way to ask without one.
 *
 * <p>Failures: {@link RecordingsUnavailableException} if the database does not answer within its time-out. Nothing
 * here waits for Kafka or the object store.
 */
public interface Recordings {
    /** What is known, without any effect. */
    Uni<Optional<Recording>> find(Tenant tenant, Sid sid);

    /** What is known of each of these, in one query and without any effect; those that nobody knows are left out. */
    Uni<List<Recording>> find(Collection<RecordingKey> keys);

    /**
     * Somebody wants to listen. One query when the audio is there or a fetch runs; otherwise the one conditional
     * UPDATE that claims the fetch. Of any number of simultaneous callers one wins; all of them see Preparing.
     *
     * @param traceparent the W3C trace context of the request, kept with the claim
     */
    Uni<Playability> ask(Tenant tenant, Sid sid, Optional<String> traceparent);

    /**
     * Like {@link #ask}, but if the answer is Preparing it is held until the recording is anything else or the time is
     * over. Waiting costs memory only: no thread, no connection, no query of its own.
     *
     * @param atMost how long to hold the answer
     */
    Uni<Playability> askAndWait(Tenant tenant, Sid sid, Optional<String> traceparent, Duration atMost);

    /**
     * Playback found no object (NoSuchKey, seen three times) where this generation was Ready: begins the next
     * generation. Refused without effect if the row has moved on or too many vanish in a minute (the breaker).
     *
     * @return what the listener is to be told now; empty if the breaker is open
     */
    Uni<Optional<Playability>> vanished(RecordingKey key, int generation, Optional<String> traceparent);

    /** Registers a recording, or adds missing facts to a known one. Idempotent. */
    Uni<Registration.Outcome> register(Registration registration);
}
