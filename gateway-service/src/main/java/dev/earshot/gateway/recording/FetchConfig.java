package dev.earshot.gateway.recording;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often and how long a fetch is tried. */
@ConfigMapping(prefix = "earshot.fetch")
public interface FetchConfig {
    /** The pauses between attempts. */
    Backoff backoff();

    /** How many counted attempts are made before Failed(attempts-exhausted). */
    @WithDefault("10")
    int maxAttempts();

    /** How many answers that are no audio make it final: the same page comes again and again. */
    @WithDefault("3")
    int maxNotAudio();

    /**
     * How long a promise may go on failing, whatever is counted, before it is Failed with the last reason: else a request
     * that Twilio limits for ever would be 202 for ever.
     */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** How long after a failure that is not final the next request may claim again. */
    @WithDefault("15m")
    Duration coolDown();

    /** How soon the sweeper publishes a claim whose publishing was not acknowledged. Longer than a delivery may take. */
    @WithDefault("10s")
    Duration publishCheck();

    /** How long a fetch may be silent before it is tried again; also the expiry of its request. */
    @WithDefault("30m")
    Duration silenceLimit();

    /** The pauses between attempts. */
    interface Backoff {
        /** The first pause. */
        @WithDefault("2s")
        Duration initial();

        /** Each further pause is this many times the one before. */
        @WithDefault("2")
        double multiplier();

        /** By which part each pause is longer or shorter by chance, so that failures do not march in step. */
        @WithDefault("0.2")
        double jitter();

        /** The longest pause. */
        @WithDefault("5m")
        Duration max();

        /** The longest pause after a failure that does not count: it is expected to be over soon. */
        @WithDefault("30s")
        Duration uncountedMax();

        /** The shortest pause after Twilio refused the credentials: only a person mends that. */
        @WithDefault("1m")
        Duration unauthorized();

        /** No Retry-After is believed beyond this. */
        @WithDefault("1h")
        Duration retryAfterMax();

        /** How much of a pause a click cannot skip, so that a polling client does not use up the attempts. */
        @WithDefault("10s")
        Duration clickFloor();
    }
}
