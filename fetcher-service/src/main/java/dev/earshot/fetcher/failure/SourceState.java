package dev.earshot.fetcher.failure;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Twilio's metadata says of a recording whose media could not be had.
 *
 * @see <a href="https://www.twilio.com/docs/voice/api/recording#recording-status-values">Twilio: recording status
 *     values</a>
 */
public sealed interface SourceState {
    /** The status is in-progress, paused, stopped or processing: the media will come. */
    record Processing() implements SourceState {}

    /**
     * The status is completed, so the media should be there.
     *
     * @param endedAt when the recording ended, if Twilio says
     */
    record Completed(Optional<Instant> endedAt) implements SourceState {}

    /** The status is deleted; metadata stays for 40 days under IncludeSoftDeleted. */
    record Deleted() implements SourceState {}

    /** The metadata itself answers 404: deleted for longer than 40 days, or never this account's. */
    record Unknown() implements SourceState {}

    /**
     * The status is absent, or the error code says so.
     *
     * @param twilioCode for example 16101 (too short), if there is one
     */
    record Absent(OptionalInt twilioCode) implements SourceState {}

    /** The metadata carries encryption details: the audio is encrypted with the customer's key. */
    record Encrypted() implements SourceState {}
}
