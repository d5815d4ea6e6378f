package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Somebody asked for the audio of a recording that is there: who, for how much of it, and what came of it. Told once, when the
 * answer has ended. Of requests that were answered without looking at the audio (unknown, still being fetched) none is told.
 *
 * @param tenant whose it is
 * @param recordingSid which it is
 * @param playbackId this one request, a UUID
 * @param subject who asked, as the token says; with a ticket whoever asked for the ticket
 * @param credential what was shown
 * @param range how much was asked for
 * @param outcome what came of it
 * @param status the answer's HTTP status
 * @param bytesSent bytes of the answer's body that were handed to the connection; the last ones may not have arrived
 * @param at when the answer ended
 */
public record RecordingAccessed(
        Tenant tenant,
        RecordingSid recordingSid,
        String playbackId,
        String subject,
        Credential credential,
        Range range,
        Outcome outcome,
        int status,
        long bytesSent,
        Instant at)
        implements RecordingEvent {
    private static final int LONGEST_SUBJECT = 255;

    /** What opens a recording. */
    public enum Credential {
        /** A bearer token. */
        @JsonProperty("token")
        TOKEN,
        /** A playback ticket in the URL. */
        @JsonProperty("ticket")
        TICKET
    }

    /** How much of the audio an answer is about. */
    public enum Range {
        /** All of it. */
        @JsonProperty("whole")
        WHOLE,
        /** A part that begins at the first byte and does not reach the last. */
        @JsonProperty("first")
        FIRST,
        /** A part that begins later. */
        @JsonProperty("part")
        PART,
        /** More than one part. */
        @JsonProperty("several")
        SEVERAL,
        /** HEAD: what is told about it, and none of it. */
        @JsonProperty("head")
        HEAD,
        /** None: the answer holds no audio. */
        @JsonProperty("none")
        NONE
    }

    /** What came of a request for audio. */
    public enum Outcome {
        /** Everything that the answer promised was handed over. */
        @JsonProperty("complete")
        COMPLETE,
        /** The answer began and was broken off, by either side. */
        @JsonProperty("cut-short")
        CUT_SHORT,
        /** The caller's copy is still good (304). */
        @JsonProperty("not-modified")
        NOT_MODIFIED,
        /** The caller was sent to the store or the CDN, where it can play for a short time (302). */
        @JsonProperty("redirected")
        REDIRECTED,
        /** There was no audio for this request; the status tells why. */
        @JsonProperty("refused")
        REFUSED
    }

    /** @throws IllegalArgumentException if a field is missing or out of bounds */
    public RecordingAccessed {
        Checks.present(tenant, "tenant");
        Checks.present(recordingSid, "recordingSid");
        Checks.uuid(playbackId, "playbackId");
        Checks.notBlank(subject, "subject");
        if (subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("subject must have at most " + LONGEST_SUBJECT + " characters");
        }
        Checks.present(credential, "credential");
        Checks.present(range, "range");
        Checks.present(outcome, "outcome");
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be one of HTTP's, is " + status);
        }
        Checks.notNegative(bytesSent, "bytesSent");
        Checks.present(at, "at");
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.ACCESSED;
    }

    @Override
    @JsonIgnore
    public String id() {
        return key().kafkaKey() + ":" + playbackId + ":" + type().shortName();
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return at;
    }
}
