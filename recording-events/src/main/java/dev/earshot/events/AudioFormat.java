package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What to download.
 *
 * @see <a href="https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file">Twilio: fetch a
 *     recording's media file</a>
 */
public enum AudioFormat {
    /** {@code audio/mpeg}, 32 kbit/s: about 14.4 MB an hour. */
    @JsonProperty("mp3")
    MP3,
    /** {@code audio/x-wav}, 8 kHz 16 bit: about 57.6 MB an hour and channel. */
    @JsonProperty("wav")
    WAV
}
