package dev.earshot.local.simulator.audio;

import java.util.Locale;

/** The two formats in which Twilio hands out recordings ("Recordings resource: fetch a recording media file"). */
public enum AudioFormat {
    MP3("audio/mpeg"),
    WAV("audio/x-wav");

    private final String contentType;

    AudioFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AudioFormat parse(String text) {
        for (AudioFormat format : values()) {
            if (format.text().equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("format is mp3 or wav, not \"" + text + "\"");
    }
}
