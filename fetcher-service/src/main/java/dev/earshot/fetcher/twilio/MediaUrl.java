package dev.earshot.fetcher.twilio;

import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.RecordingSid;
import java.net.URI;

/**
 * The media's URL, built from SIDs and never taken from a webhook or from metadata, whose URLs anyone may have written.
 *
 * @see <a href="https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file">Twilio: fetch a
 *     recording's media file</a>
 */
final class MediaUrl {
    private MediaUrl() {}

    static URI of(URI baseUrl, AccountSid account, RecordingSid recording, AudioFormat format, int channels) {
        String extension = switch (format) {
            case MP3 -> ".mp3";
            case WAV -> ".wav";
        };
        return baseUrl.resolve("/2010-04-01/Accounts/" + account + "/Recordings/" + recording + extension
                + "?RequestedChannels=" + channels);
    }
}
