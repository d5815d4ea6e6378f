package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The fetcher has seen a recording in its account's list. It knows accounts and no tenants: whose it is the reader decides.
 *
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param recordingSid which it is
 * @param status what Twilio has of it
 * @param startedAt when the recording began, if Twilio says so
 * @param durationSeconds how long it is in whole seconds, if Twilio says so
 * @param channels how many channels it has, 1 or 2, if Twilio says so
 * @param seenAt when it was listed
 * @param backfillId the backfill that asked for the list; absent in what is listed at an interval
 */
public record RecordingSeen(
        AccountSid accountSid,
        CallSid callSid,
        RecordingSid recordingSid,
        Status status,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> startedAt,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt durationSeconds,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt channels,
        Instant seenAt,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> backfillId)
        implements EarshotEvent {

    /** What is final at Twilio; of anything else nothing is told yet. */
    public enum Status {
        /** The audio is there. */
        @JsonProperty("completed")
        COMPLETED,
        /** There never will be any. */
        @JsonProperty("absent")
        ABSENT
    }

    /** @throws IllegalArgumentException if a field is missing or out of bounds */
    public RecordingSeen {
        Checks.present(accountSid, "accountSid");
        Checks.present(callSid, "callSid");
        Checks.present(recordingSid, "recordingSid");
        Checks.present(status, "status");
        durationSeconds.ifPresent(seconds -> Checks.notNegative(seconds, "durationSeconds"));
        channels.ifPresent(Checks::channels);
        Checks.present(seenAt, "seenAt");
        backfillId.ifPresent(id -> Checks.uuid(id, "backfillId"));
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.RECORDING_SEEN;
    }

    /** Whenever it is listed it is the same fact, but for each backfill, which counts what it has seen. */
    @Override
    @JsonIgnore
    public String id() {
        String fact = kafkaKey() + ":" + status.name().toLowerCase(Locale.ROOT) + ":" + type().shortName();
        return backfillId.map(backfill -> fact + ":" + backfill).orElse(fact);
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return seenAt;
    }

    /** {@code accountSid:recordingSid}. */
    @Override
    @JsonIgnore
    public String kafkaKey() {
        return accountSid.value() + ":" + recordingSid.value();
    }
}
