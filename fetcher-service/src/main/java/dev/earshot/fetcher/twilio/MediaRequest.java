package dev.earshot.fetcher.twilio;

import dev.earshot.events.AudioFormat;
import dev.earshot.events.RecordingSid;

/**
 * What to download.
 *
 * @param account whose it is
 * @param recordingSid which recording
 * @param format mp3 or wav
 * @param channels how many channels to ask for, 1 or 2
 */
public record MediaRequest(TwilioAccount account, RecordingSid recordingSid, AudioFormat format, int channels) {
    /** The same with one channel, for a recording that has no more. */
    public MediaRequest withOneChannel() {
        return new MediaRequest(account, recordingSid, format, 1);
    }
}
