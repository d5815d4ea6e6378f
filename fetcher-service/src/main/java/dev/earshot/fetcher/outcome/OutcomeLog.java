package dev.earshot.fetcher.outcome;

import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.fetcher.failure.Verdict;
import dev.earshot.fetcher.fetch.FetchResult;
import dev.earshot.fetcher.store.ConfirmedAudio;
import dev.earshot.fetcher.trace.TraceParent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** One INFO line and one count for each finished fetch. */
@Singleton
public class OutcomeLog {
    private static final Logger LOG = Logger.getLogger(OutcomeLog.class.getName());
    private static final String NONE = "none";

    private final MeterRegistry meters;
    private final Clock clock;

    @Inject
    OutcomeLog(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        // There from the start, so that the first one shows as an increase.
        for (Lane lane : Lane.values()) {
            List.of("stored", "already-stored", "expired")
                    .forEach(outcome -> outcomes(outcome, NONE, lane).increment(0));
            for (FailureReason reason : FailureReason.values()) {
                outcomes("failed", reason.code(), lane).increment(0);
            }
        }
    }

    void finished(FetchRequested request, FetchResult result, Optional<String> traceparent) {
        switch (result) {
            case FetchResult.Stored(ConfirmedAudio audio, boolean downloaded, var ignored) -> {
                count(request, downloaded ? "stored" : "already-stored", NONE);
                say(
                        request,
                        traceparent,
                        "ready",
                        downloaded
                                ? "Fetched, stored and confirmed "
                                        + audio.object().sizeBytes() + " bytes"
                                : "Already stored, confirmed " + audio.object().sizeBytes() + " bytes");
            }
            case FetchResult.Failed(Verdict verdict) -> {
                count(request, "failed", verdict.reason().code());
                say(
                        request,
                        traceparent,
                        verdict.reason().code(),
                        "The fetch did not end in ready: " + verdict.detail());
            }
        }
    }

    /** The request was too old to act on. */
    public void expired(FetchRequested request, Optional<String> traceparent) {
        count(request, "expired", NONE);
        say(request, traceparent, "expired", "The request had expired and was skipped");
    }

    private void count(FetchRequested request, String outcome, String reason) {
        String lane = lane(request.lane());
        outcomes(outcome, reason, request.lane()).increment();
        Duration age = Duration.between(request.requestedAt(), clock.instant());
        Timer.builder("earshot_fetch_request_age")
                .description("From the gateway's claim to the broker's ack of the outcome")
                .tag("outcome", outcome)
                .tag("lane", lane)
                .register(meters)
                .record(age.isNegative() ? Duration.ZERO : age);
    }

    private Counter outcomes(String outcome, String reason, Lane lane) {
        return Counter.builder("earshot_fetch_outcomes")
                .description("Requests that were answered")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .tag("lane", lane(lane))
                .register(meters);
    }

    static String lane(Lane lane) {
        return lane.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The keys are put on the record itself: the threads that come here carry other contexts, or none, and an MDC that is
     * kept in a context would be lost on some of them.
     */
    private static void say(FetchRequested request, Optional<String> traceparent, String code, String what) {
        ExtLogRecord line = new ExtLogRecord(Level.INFO, what, FormatStyle.NO_FORMAT, OutcomeLog.class.getName());
        line.setLoggerName(OutcomeLog.class.getName());
        line.putMdc("tenant", request.tenant().value());
        line.putMdc("recordingSid", request.recordingSid().value());
        line.putMdc("callSid", request.callSid().value());
        line.putMdc("attempt", Integer.toString(request.attempt()));
        line.putMdc("code", code);
        traceparent.ifPresent(trace -> line.putMdc("traceId", TraceParent.traceId(trace)));
        LOG.log(line);
    }
}
