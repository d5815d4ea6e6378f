package dev.earshot.fetcher.fetch;

import dev.earshot.fetcher.failure.Trouble;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What Twilio did instead of giving the audio, by kind and by its own error code. Both are short lists: whatever else comes
 * is {@code other}, for each new value is a new time series in every Prometheus.
 *
 * @see <a href="https://www.twilio.com/docs/api/errors">Twilio: error and warning dictionary</a>
 */
@Singleton
class TwilioErrors {
    private static final String NONE = "none";
    private static final String OTHER = "other";
    /** Those that the failure table knows, and "not found". */
    private static final Set<Integer> CODES = Set.of(16101, 16102, 16105, 16109, 16113, 20003, 20404, 20429);

    private static final Set<Integer> STATUSES = Set.of(400, 401, 403, 404, 410, 429, 500, 502, 503, 504);

    private final MeterRegistry meters;

    @Inject
    TwilioErrors(MeterRegistry meters) {
        this.meters = meters;
        // There from the start, so that the first one shows as an increase.
        for (String kind :
                List.of("connection", "timeout", "truncated", "not-audio", "redirect", "http-500", "http-503")) {
            counter(kind, NONE).increment(0);
        }
        counter("http-401", "20003").increment(0);
        counter("http-404", "20404").increment(0);
        counter("http-429", "20429").increment(0);
    }

    /** Troubles that are not of Twilio's making are not counted. */
    void met(Trouble trouble) {
        switch (trouble) {
            case Trouble.RefusedAnswer answer -> count(status(answer.status()), answer.twilioCode());
            case Trouble.NoMedia missing -> count("no-media", missing.twilioCode());
            case Trouble.ConnectionFailed it -> count("connection", OptionalInt.empty());
            case Trouble.TimedOut it -> count("timeout", OptionalInt.empty());
            case Trouble.CutShort it -> count("truncated", OptionalInt.empty());
            case Trouble.NotAudio it -> count("not-audio", it.twilioCode());
            case Trouble.TooLarge it -> count("too-large", OptionalInt.empty());
            case Trouble.RedirectRefused it -> count("redirect", OptionalInt.empty());
            case Trouble.UnknownAccount it -> {}
            case Trouble.AccountBusy it -> {}
            case Trouble.StoreFailed it -> {}
            case Trouble.SpoolFull it -> {}
            case Trouble.SpoolFailed it -> {}
            case Trouble.StoreConflict it -> {}
        }
    }

    private void count(String kind, OptionalInt code) {
        counter(kind, code.isEmpty() ? NONE : CODES.contains(code.getAsInt()) ? "" + code.getAsInt() : OTHER)
                .increment();
    }

    private static String status(int status) {
        return "http-" + (STATUSES.contains(status) ? Integer.toString(status) : OTHER);
    }

    private Counter counter(String kind, String code) {
        return Counter.builder("earshot_twilio_errors")
                .description("What Twilio did instead of giving the audio")
                .tag("kind", kind)
                .tag("code", code)
                .register(meters);
    }
}
