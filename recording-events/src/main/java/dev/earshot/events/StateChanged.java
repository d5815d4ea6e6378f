package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The gateway's accepted last word on a recording; the newest one for each key is the truth, older ones are compacted
 * away. Ready means that the HTTP API serves the audio now.
 *
 * @param tenant whose it is
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param recordingSid which it is
 * @param state what the recording is now
 * @param object the audio; present exactly if the state is ready
 * @param reason why there is none; present exactly if the state is failed
 * @param changedAt when it came to be so, by the database's clock
 * @param generation the life of the stored object, 1 or more
 * @param attempt the last attempt so far; 0 if none was ever made
 */
public record StateChanged(
        Tenant tenant,
        AccountSid accountSid,
        CallSid callSid,
        RecordingSid recordingSid,
        State state,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<StoredObject> object,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<FailureReason> reason,
        Instant changedAt,
        int generation,
        int attempt)
        implements RecordingEvent {

    /** The states that others are told of. */
    public enum State {
        /** The audio is there and is served. */
        @JsonProperty("ready")
        READY,
        /** The audio cannot be had, at least for now; the reason says why. */
        @JsonProperty("failed")
        FAILED,
        /** The audio was dropped to save room and can be fetched again. */
        @JsonProperty("evicted")
        EVICTED,
        /** Gone for good. */
        @JsonProperty("deleted")
        DELETED
    }

    /** @throws IllegalArgumentException if a field is missing, out of bounds, or contradicts the state */
    public StateChanged {
        Checks.present(tenant, "tenant");
        Checks.present(accountSid, "accountSid");
        Checks.present(callSid, "callSid");
        Checks.present(recordingSid, "recordingSid");
        Checks.present(state, "state");
        Checks.present(changedAt, "changedAt");
        Checks.positive(generation, "generation");
        Checks.notNegative(attempt, "attempt");
        if (object.isPresent() != (state == State.READY)) {
            throw new IllegalArgumentException("object must be present exactly if state is ready");
        }
        if (reason.isPresent() != (state == State.FAILED)) {
            throw new IllegalArgumentException("reason must be present exactly if state is failed");
        }
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.STATE_CHANGED;
    }

    /**
     * The attempt matters for failed alone (a recording may fail again after a redrive), the generation not for
     * deleted (which happens once).
     */
    @Override
    @JsonIgnore
    public String id() {
        String name = state.name().toLowerCase(Locale.ROOT);
        return switch (state) {
            case READY, EVICTED -> EventIds.ofGeneration(this, generation, name);
            case FAILED -> EventIds.ofGeneration(this, generation, attempt + ":" + name);
            case DELETED -> EventIds.ofRecording(this, name);
        };
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return changedAt;
    }
}
