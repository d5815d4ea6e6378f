package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * The fetcher has stored the audio, read it back and found it to be Twilio's exact bytes.
 *
 * @param tenant whose it is
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param recordingSid which it is
 * @param object the confirmed object
 * @param durationMillis its playing time in milliseconds, more than zero
 * @param channels how many channels the stored audio has, 1 or 2
 * @param peaks where its waveform peaks lie, if they could be computed
 * @param fetchedAt when the download ended
 * @param confirmedAt when the read-back ended
 * @param generation the life of the stored object, 1 or more
 * @param attempt the attempt that found it stored, 1 or more
 */
public record RecordingReady(
        Tenant tenant,
        AccountSid accountSid,
        CallSid callSid,
        RecordingSid recordingSid,
        StoredObject object,
        long durationMillis,
        int channels,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PeaksRef> peaks,
        Instant fetchedAt,
        Instant confirmedAt,
        int generation,
        int attempt)
        implements RecordingEvent {
    /** @throws IllegalArgumentException if a field is missing, out of bounds, or the key is not the derived one */
    public RecordingReady {
        Checks.present(tenant, "tenant");
        Checks.present(accountSid, "accountSid");
        Checks.present(callSid, "callSid");
        Checks.present(recordingSid, "recordingSid");
        Checks.present(object, "object");
        Checks.positive(durationMillis, "durationMillis");
        Checks.channels(channels);
        Checks.present(fetchedAt, "fetchedAt");
        Checks.present(confirmedAt, "confirmedAt");
        Checks.positive(generation, "generation");
        Checks.positive(attempt, "attempt");
        Checks.derivedKey(object.key(), tenant, recordingSid, generation);
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.READY;
    }

    /** Without the attempt: whichever attempt found it, it is the same fact about the same object. */
    @Override
    @JsonIgnore
    public String id() {
        return EventIds.ofGeneration(this, generation, type().shortName());
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return confirmedAt;
    }
}
