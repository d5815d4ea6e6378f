package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the fetcher is with a backfill's list. Everything that it counts was published, and acknowledged, before.
 *
 * @param backfillId which backfill, a UUID
 * @param accountSid the Twilio account that is listed
 * @param attempt the attempt of the request
 * @param state how it stands
 * @param pages how many pages were listed so far
 * @param seen how many recordings were published so far
 * @param detail why it failed, in one sentence without credentials or URLs; present exactly if it failed
 * @param reportedAt when it stood so
 */
public record ListingProgress(
        String backfillId,
        AccountSid accountSid,
        int attempt,
        State state,
        int pages,
        long seen,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> detail,
        Instant reportedAt)
        implements EarshotEvent {

    /** How a list stands. */
    public enum State {
        /** There are more pages. */
        @JsonProperty("listing")
        LISTING,
        /** That was the last page. */
        @JsonProperty("listed")
        LISTED,
        /** It was given up. */
        @JsonProperty("failed")
        FAILED
    }

    /** @throws IllegalArgumentException if a field is missing, out of bounds, or contradicts the state */
    public ListingProgress {
        Checks.uuid(backfillId, "backfillId");
        Checks.present(accountSid, "accountSid");
        Checks.positive(attempt, "attempt");
        Checks.present(state, "state");
        Checks.notNegative(pages, "pages");
        Checks.notNegative(seen, "seen");
        Checks.present(reportedAt, "reportedAt");
        if (detail.isPresent() != (state == State.FAILED)) {
            throw new IllegalArgumentException("detail must be present exactly if state is failed");
        }
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.LISTING_PROGRESS;
    }

    @Override
    @JsonIgnore
    public String id() {
        return kafkaKey() + ":" + attempt + ":" + pages + ":" + state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return reportedAt;
    }

    /** {@code accountSid:backfillId}. */
    @Override
    @JsonIgnore
    public String kafkaKey() {
        return accountSid.value() + ":" + backfillId;
    }
}
