package dev.earshot.gateway.fetch;

import dev.earshot.gateway.recording.DueWork.Pending;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/**
 * What the last sweep found, as gauges. All replicas tell of the same table and the greatest word counts, so one whose sweeps
 * hang must fall silent: its last word would hide, for as long as it lives, that the others have done the work.
 */
final class Findings {
    /** Twice the longest round. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private volatile Instant lastSweep;
    private volatile Pending pending = Pending.NOTHING;

    /** The meters know it weakly: whoever makes it must hold it. */
    Findings(MeterRegistry meters, InstantSource clock) {
        this.clock = clock;
        this.lastSweep = clock.instant();
        register(meters, "earshot.announcements.pending", Pending::announcements);
        ages(meters, "earshot.announcements.oldest", Pending::oldestAnnouncementSeconds);
        register(meters, "earshot.purges.pending", Pending::purges);
        ages(meters, "earshot.purges.oldest", Pending::oldestPurgeSeconds);
        register(meters, "earshot.sweeper.lag.seconds", Pending::lagSeconds);
        register(meters, "earshot.promises.open", Pending::promises);
        register(meters, "earshot.promises.oldest.seconds", Pending::oldestPromiseSeconds);
        // A gauge of what a sweep found says nothing when no sweep comes to its end.
        Gauge.builder("earshot.sweeper.last.sweep.timestamp.seconds", this, f -> f.lastSweep.toEpochMilli() / 1000.0)
                .register(meters);
    }

    void swept(Pending now) {
        pending = now;
        lastSweep = clock.instant();
    }

    private void register(MeterRegistry meters, String name, ToDoubleFunction<Pending> value) {
        gauge(name, value).register(meters);
    }

    private void ages(MeterRegistry meters, String name, ToDoubleFunction<Pending> value) {
        gauge(name, value).baseUnit("seconds").register(meters);
    }

    private Gauge.Builder<Findings> gauge(String name, ToDoubleFunction<Pending> value) {
        return Gauge.builder(name, this, findings -> findings.unlessStale(value));
    }

    private double unlessStale(ToDoubleFunction<Pending> value) {
        return clock.instant().isAfter(lastSweep.plus(STALE)) ? Double.NaN : value.applyAsDouble(pending);
    }
}
