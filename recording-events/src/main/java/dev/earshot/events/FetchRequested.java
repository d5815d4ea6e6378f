package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;

/**
 * The gateway asks for one attempt at fetching one recording.
 *
 * @param tenant whose it is
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param recordingSid which it is
 * @param object where the audio belongs
 * @param format what to download
 * @param channels how many channels to ask Twilio for, 1 or 2; where Twilio has only one (error 16113) one is fetched
 * @param generation the life of the stored object that this fetch would begin, 1 or more
 * @param attempt the try within the row's history, 1 or more
 * @param lane how urgent
 * @param requestedAt when the claim was made
 * @param expirytime after it the gateway has given this attempt up and nobody needs to act on the request; also the
 *     CloudEvents extension of that name
 */
public record FetchRequested(
        Tenant tenant,
        AccountSid accountSid,
        CallSid callSid,
        RecordingSid recordingSid,
        ObjectRef object,
        AudioFormat format,
        int channels,
        int generation,
        int attempt,
        Lane lane,
        Instant requestedAt,
        Instant expirytime)
        implements RecordingEvent {
    /** @throws IllegalArgumentException if a field is missing, out of bounds, or the key is not the derived one */
    public FetchRequested {
        Checks.present(tenant, "tenant");
        Checks.present(accountSid, "accountSid");
        Checks.present(callSid, "callSid");
        Checks.present(recordingSid, "recordingSid");
        Checks.present(object, "object");
        Checks.present(format, "format");
        Checks.channels(channels);
        Checks.positive(generation, "generation");
        Checks.positive(attempt, "attempt");
        Checks.present(lane, "lane");
        Checks.present(requestedAt, "requestedAt");
        Checks.present(expirytime, "expirytime");
        Checks.derivedKey(object.key(), tenant, recordingSid, generation);
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.FETCH_REQUESTED;
    }

    @Override
    @JsonIgnore
    public String id() {
        return EventIds.ofAttempt(this, generation, attempt);
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return requestedAt;
    }

    @Override
    @JsonIgnore
    public Optional<Instant> expiry() {
        return Optional.of(expirytime);
    }
}
