package dev.earshot.gateway.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.gateway.recording.Inspection;
import dev.earshot.gateway.recording.Inspection.Inspected;
import dev.earshot.gateway.recording.Inspection.Moment;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What administrators see of a SID.
 *
 * @param recordings newest first; of a recording's SID one for each tenant that has it
 */
public record StatusView(List<Known> recordings) {
    /**
     * One recording.
     *
     * @param lane in which it was last fetched
     * @param failures attempts that failed since the promise began, counted ones among them
     * @param isFinal whether asking for it again starts nothing
     * @param reason why the last attempt failed
     * @param twilioCode what Twilio said of that attempt
     * @param traceparent of whoever asked last
     * @param history oldest first; the newest 200 changes, without the registration
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Known(
            String tenant,
            String recordingSid,
            String callSid,
            String accountSid,
            String state,
            int generation,
            int attempt,
            String lane,
            int priority,
            String format,
            int failures,
            int countedAttempts,

            @JsonProperty("final") boolean isFinal,

            Optional<String> reason,
            OptionalInt twilioCode,
            Optional<String> traceparent,
            Optional<String> startedAt,
            OptionalInt durationSeconds,
            OptionalInt channels,
            Times times,
            Optional<Stored> object,
            List<Change> history) {
        static Known of(Inspected found, Optional<Boolean> isStored) {
            Recording recording = found.recording();
            return new Known(
                    recording.key().tenant().value(),
                    recording.key().recordingSid().value(),
                    recording.callSid().value(),
                    recording.accountSid().value(),
                    recording.state().wireName(),
                    recording.generation(),
                    recording.attempt(),
                    name(found.lane()),
                    found.priority(),
                    found.format(),
                    found.failures(),
                    found.countedAttempts(),
                    found.isFinal(),
                    found.reason().map(FailureReason::code),
                    found.twilioCode(),
                    found.traceparent(),
                    recording.facts().startedAt().map(Instant::toString),
                    recording.facts().durationSeconds(),
                    recording.facts().channels(),
                    Times.of(found.moments()),
                    Stored.of(recording.state(), isStored),
                    found.history().stream().map(Change::of).toList());
        }
    }

    /** When what happened, and is due; by the database's clock. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Times(
            Optional<String> createdAt,
            Optional<String> changedAt,
            Optional<String> promisedAt,
            Optional<String> claimedAt,
            Optional<String> publishedAt,
            Optional<String> lastRequestExpiresAt,
            Optional<String> failingSinceAt,
            Optional<String> notBeforeAt,
            Optional<String> claimableAt,
            Optional<String> fetchDueAt,
            Optional<String> announceDueAt,
            Optional<String> purgeDueAt,
            Optional<String> wakesAt,
            Optional<String> lastPlayedAt) {
        static Times of(Map<Moment, Instant> moments) {
            return new Times(
                    at(moments, Moment.CREATED_AT),
                    at(moments, Moment.CHANGED_AT),
                    at(moments, Moment.PROMISED_AT),
                    at(moments, Moment.CLAIMED_AT),
                    at(moments, Moment.PUBLISHED_AT),
                    at(moments, Moment.LAST_REQUEST_EXPIRY),
                    at(moments, Moment.FAILING_SINCE),
                    at(moments, Moment.NOT_BEFORE),
                    at(moments, Moment.CLAIMABLE_AT),
                    at(moments, Moment.FETCH_DUE_AT),
                    at(moments, Moment.ANNOUNCE_DUE_AT),
                    at(moments, Moment.PURGE_DUE_AT),
                    at(moments, Moment.WAKE_AT),
                    at(moments, Moment.LAST_PLAYED_AT));
        }

        private static Optional<String> at(Map<Moment, Instant> moments, Moment moment) {
            return Optional.ofNullable(moments.get(moment)).map(Instant::toString);
        }
    }

    /**
     * What is stored.
     *
     * @param present whether this gateway sees it in the store, of this size; not there if the store does not say
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Stored(
            String bucket,
            String key,
            long sizeBytes,
            String sha256,
            String contentType,
            long durationMillis,
            int channels,
            String readyAt,
            Optional<Boolean> present) {
        static Optional<Stored> of(RecordingState state, Optional<Boolean> isStored) {
            return state instanceof RecordingState.Ready ready
                    ? Optional.of(new Stored(
                            ready.object().bucket(),
                            ready.object().key(),
                            ready.object().sizeBytes(),
                            ready.object().sha256().hex(),
                            ready.object().contentType(),
                            ready.durationMillis(),
                            ready.channels(),
                            ready.readyAt().toString(),
                            isStored))
                    : Optional.empty();
        }
    }

    /** What it became at one moment. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Change(
            String at,
            String state,
            int generation,
            int attempt,
            String lane,
            Optional<String> reason,
            OptionalInt twilioCode) {
        static Change of(Inspection.Change change) {
            return new Change(
                    change.at().toString(),
                    change.state(),
                    change.generation(),
                    change.attempt(),
                    name(change.lane()),
                    change.reason().map(FailureReason::code),
                    change.twilioCode());
        }
    }

    private static String name(Lane lane) {
        return lane.name().toLowerCase(Locale.ROOT);
    }
}
