package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * The gateway asks for a list of an account's recordings, for a backfill.
 *
 * @param backfillId which backfill, a UUID
 * @param accountSid the Twilio account to list
 * @param from recordings that were made at this time or later
 * @param to recordings that were made before this time
 * @param attempt how often the gateway has asked, 1 or more; only the newest attempt's progress counts
 * @param requestedAt when it asked
 */
public record ListingRequested(
        String backfillId, AccountSid accountSid, Instant from, Instant to, int attempt, Instant requestedAt)
        implements EarshotEvent {
    /** @throws IllegalArgumentException if a field is missing or out of bounds */
    public ListingRequested {
        Checks.uuid(backfillId, "backfillId");
        Checks.present(accountSid, "accountSid");
        Checks.present(from, "from");
        Checks.present(to, "to");
        Checks.positive(attempt, "attempt");
        Checks.present(requestedAt, "requestedAt");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to");
        }
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.LISTING_REQUESTED;
    }

    @Override
    @JsonIgnore
    public String id() {
        return kafkaKey() + ":" + attempt + ":" + type().shortName();
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return requestedAt;
    }

    /** {@code accountSid:backfillId}. */
    @Override
    @JsonIgnore
    public String kafkaKey() {
        return accountSid.value() + ":" + backfillId;
    }
}
