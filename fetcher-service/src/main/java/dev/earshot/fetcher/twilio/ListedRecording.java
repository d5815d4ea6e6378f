package dev.earshot.fetcher.twilio;

import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingSid;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A recording as its account's list shows it.
 *
 * @param sid which it is
 * @param callSid the call it belongs to
 * @param progress how far Twilio is with it
 * @param createdAt when Twilio made the resource, by which lists are filtered
 * @param startedAt when the recording began, if Twilio says so
 * @param durationSeconds how long it is in whole seconds, if it is measured yet
 * @param channels 1 or 2, if Twilio says so
 */
public record ListedRecording(
        RecordingSid sid,
        CallSid callSid,
        Progress progress,
        Instant createdAt,
        Optional<Instant> startedAt,
        OptionalInt durationSeconds,
        OptionalInt channels) {
    /** How far Twilio is with a recording. */
    public enum Progress {
        /** In progress, paused, stopped or processing: it has to be looked at again. */
        UNFINISHED,
        /** The audio is there. */
        COMPLETED,
        /** There never will be any. */
        ABSENT,
        /** It was deleted at Twilio: whoever did not know it before need not know it now. */
        DELETED
    }
}
