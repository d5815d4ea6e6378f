package dev.earshot.local.simulator;

import java.util.Arrays;
import java.util.Locale;

/** How a recording's media answers. Seconds named below are {@code behaviourSeconds}, with the default given here. */
public enum Behaviour {
    NORMAL(0),
    /** Nothing at all for some seconds, then normal. */
    SLOW_FIRST_BYTE(10),
    /** The whole body, spread over some seconds. */
    SLOW_BODY(10),
    /** Half the body and then nothing; with seconds: the rest after them. */
    STALLED_BODY(0),
    /** Chunked, without a Content-Length. */
    CHUNKED(0),
    /** For some seconds after its making: media 404, metadata says processing. */
    NOT_READY(5),
    /** 404 for ever, while the metadata says completed, long ago. */
    NOT_FOUND(0),
    /** Deleted at Twilio: media 404; metadata only with IncludeSoftDeleted. */
    DELETED(0),
    /** There never was any audio (error 16102, silent): media 404, metadata absent. */
    ABSENT(0),
    /** .mp3 gives error 16109; .wav is cipher text. */
    ENCRYPTED(0),
    UNAUTHORIZED(0),
    /** 429 with code 20429 and no Retry-After. */
    RATE_LIMITED(0),
    /** 429 with code 20429 and a Retry-After of some seconds. */
    RATE_LIMITED_RETRY_AFTER(2),
    SERVER_ERROR(0),
    /** 200 with an HTML page that says so. */
    HTML(0),
    /** 200 with an XML error that claims to be audio. */
    XML_ERROR(0),
    /** Half of what Content-Length declares, then an orderly close. */
    TRUNCATED(0),
    /** 200, Content-Length 0. */
    ZERO_BYTES(0),
    /** Half the body, then a TCP reset. */
    RESET(0),
    /** 302 to a host that the fetcher may follow to. */
    REDIRECT(0),
    /** 302 to a host that it may not follow to, although the audio is there. */
    REDIRECT_FOREIGN(0),
    /** Gigabytes, made on the fly. */
    HUGE(0);

    private final int defaultSeconds;

    Behaviour(int defaultSeconds) {
        this.defaultSeconds = defaultSeconds;
    }

    int defaultSeconds() {
        return defaultSeconds;
    }

    /** Refused before anybody looks whether the recording has audio. */
    boolean refusesEverybody() {
        return switch (this) {
            case UNAUTHORIZED, RATE_LIMITED, RATE_LIMITED_RETRY_AFTER, SERVER_ERROR -> true;
            default -> false;
        };
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Behaviour parse(String text) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("behaviour is one of "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(Behaviour::text).toList()) + ", not \"" + text
                        + "\""));
    }
}
