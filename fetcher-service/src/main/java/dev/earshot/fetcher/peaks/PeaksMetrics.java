package dev.earshot.fetcher.peaks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/** How jobs end, and how long computing takes. */
@Singleton
class PeaksMetrics {
    /** A short WAV takes milliseconds, three hours of MP3 some ten seconds. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    /** How a job ended. */
    enum Outcome {
        /** The peaks lie beside the audio. */
        STORED,
        /** Something broke; the log says what. */
        FAILED,
        /** It never had its turn, or the audio was gone before its peaks were there. */
        SKIPPED,
        /** There is no decoder for it. */
        UNSUPPORTED
    }

    private final MeterRegistry meters;

    @Inject
    PeaksMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (Outcome each : Outcome.values()) {
            // There from the start, so that the first one shows as an increase.
            counter(each).increment(0);
        }
    }

    void ended(Outcome outcome) {
        counter(outcome).increment();
    }

    void computed(String contentType, Duration duration) {
        Timer.builder("earshot_peaks_duration")
                .description("Decoding one recording into its peaks")
                .tag("type", contentType)
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(duration);
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("earshot_peaks")
                .description("Waveforms, by how their computing ended")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
