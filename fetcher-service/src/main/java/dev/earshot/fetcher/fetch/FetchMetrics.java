package dev.earshot.fetcher.fetch;

import dev.earshot.events.AudioFormat;
import dev.earshot.fetcher.fetch.FetchResult.Failed;
import dev.earshot.fetcher.fetch.FetchResult.Stored;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/** How long fetches take and how much they download. */
@Singleton
class FetchMetrics {
    /** A click waits seconds; a six-hour recording takes minutes. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofMinutes(25)
    };

    private final MeterRegistry meters;

    @Inject
    FetchMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Measures one fetch, whoever joins it. */
    Uni<FetchResult> timed(Uni<FetchResult> fetch) {
        return Uni.createFrom().deferred(() -> {
            Timer.Sample sample = Timer.start(meters);
            return fetch.invoke(result -> sample.stop(duration(result)));
        });
    }

    void downloaded(AudioFormat format, long bytes) {
        Counter.builder("earshot_fetch_downloaded")
                .description("Bytes of validated audio that came from Twilio")
                .baseUnit("bytes")
                .tag("format", format.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment((double) bytes);
    }

    private Timer duration(FetchResult result) {
        return Timer.builder("earshot_fetch_duration")
                .description("One fetch, from its start to confirmed object or verdict")
                .tag("outcome", outcome(result))
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    private static String outcome(FetchResult result) {
        return switch (result) {
            case Stored(var ignored, boolean downloaded, var unused) -> downloaded ? "stored" : "already-stored";
            case Failed ignored -> "failed";
        };
    }
}
