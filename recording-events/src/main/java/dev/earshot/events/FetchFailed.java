package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * One attempt did not end in ready.
 *
 * @param tenant whose it is
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param recordingSid which it is
 * @param reason what the fetcher met
 * @param counted whether the attempt counts towards the most that are made
 * @param retryAfterSeconds how long Twilio or the fetcher asks to be left alone, in seconds, if it said so
 * @param twilioCode Twilio's error code, if it gave one
 * @param detail one sentence for an operator, without credentials, URLs or phone numbers
 * @param failedAt when it failed
 * @param generation the life of the stored object that this fetch would have begun, 1 or more
 * @param attempt the attempt that failed, 1 or more
 * @see <a href="https://www.twilio.com/docs/api/errors">Twilio: error and warning dictionary</a>
 */
public record FetchFailed(
        Tenant tenant,
        AccountSid accountSid,
        CallSid callSid,
        RecordingSid recordingSid,
        FailureReason reason,
        boolean counted,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt retryAfterSeconds,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt twilioCode,
        String detail,
        Instant failedAt,
        int generation,
        int attempt)
        implements RecordingEvent {
    /** @throws IllegalArgumentException if a field is missing or out of bounds */
    public FetchFailed {
        Checks.present(tenant, "tenant");
        Checks.present(accountSid, "accountSid");
        Checks.present(callSid, "callSid");
        Checks.present(recordingSid, "recordingSid");
        Checks.present(reason, "reason");
        retryAfterSeconds.ifPresent(seconds -> Checks.notNegative(seconds, "retryAfterSeconds"));
        Checks.notBlank(detail, "detail");
        Checks.present(failedAt, "failedAt");
        Checks.positive(generation, "generation");
        Checks.positive(attempt, "attempt");
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.FETCH_FAILED;
    }

    @Override
    @JsonIgnore
    public String id() {
        return EventIds.ofAttempt(this, generation, attempt);
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return failedAt;
    }
}
