package dev.earshot.gateway.playback;

import dev.earshot.gateway.recording.Playability;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What listeners were told. A player asks many times for what it plays: it looks first, and each seek is a request. So of what is
 * ready only the beginnings are counted, one for each listening, and can be set against the fetches that had to be begun.
 */
@Startup
@ApplicationScoped
class Asked {
    /** From the first byte on. Who wants one byte or two only looks whether there are ranges, and asks again. */
    private static final Pattern FROM_THE_START = Pattern.compile("(?i)bytes=0-(?![01]$).*");

    private final Counter ready;
    private final Counter preparing;
    private final Counter refused;

    Asked(MeterRegistry meters) {
        ready = told(meters, "ready");
        preparing = told(meters, "preparing");
        refused = told(meters, "refused");
    }

    /** @param range the Range header */
    void told(boolean headOnly, Optional<String> range, Playability answer) {
        switch (answer) {
            case Playability.Playable playable -> {
                if (begins(headOnly, range)) {
                    ready.increment();
                }
            }
            case Playability.Preparing preparing -> this.preparing.increment();
            case Playability.Unknown unknown -> refused.increment();
            case Playability.Unavailable unavailable -> refused.increment();
            case Playability.Expired expired -> refused.increment();
            case Playability.Gone gone -> refused.increment();
        }
    }

    private static boolean begins(boolean headOnly, Optional<String> range) {
        return !headOnly
                && range.map(asked -> FROM_THE_START.matcher(asked).matches()).orElse(true);
    }

    private static Counter told(MeterRegistry meters, String what) {
        return Counter.builder("earshot.recordings.asked")
                .description("Requests to listen, by what they were told; of what is ready those that begin to listen")
                .tag("found", what)
                .register(meters);
    }
}
