package dev.earshot.gateway.recording;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingKey;

/**
 * Somebody who may do so tells of a recording. Whether the account is the tenant's was checked before.
 *
 * @param key whose and which
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param facts what is told about it; what is unknown stays as it was
 * @param news what Twilio says has become of it
 * @param prefetch whether it shall be fetched in the bulk lane as soon as it is completed
 */
public record Registration(
        RecordingKey key, AccountSid accountSid, CallSid callSid, Facts facts, News news, boolean prefetch) {

    /** What the teller says of the audio. */
    public enum News {
        /** Nothing: a client registers what it knows. */
        NONE,
        /** Twilio has it: a waiting fetch is brought forward. */
        COMPLETED,
        /** A list of its account says so: the same, but its prefetch goes behind what webhooks told of. */
        LISTED,
        /** There never will be any: a recording that nobody has fetched is Failed(absent). */
        ABSENT
    }

    /** What became of it. */
    public sealed interface Outcome {
        /** It was unknown and now has a row. */
        record Created(Recording recording) implements Outcome {}

        /** It was known, with the same facts or fewer. */
        record Known(Recording recording) implements Outcome {}

        /**
         * It is known with another call, another tenant or contradicting facts; nothing was changed. Which tenant is
         * not told.
         */
        record Conflicting(String field) implements Outcome {}

        /** A tombstone stands there; nothing was changed. */
        record Gone() implements Outcome {}
    }
}
