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
import java.util.Locale;

/** How long fetches take and how much they download. */
@Singleton
class FetchMetrics {
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
                .increment(bytes);
    }

    private Timer duration(FetchResult result) {
        return Timer.builder("earshot_fetch_duration")
                .description("One fetch, from its start to confirmed object or verdict")
                .tag("outcome", outcome(result))
                .publishPercentileHistogram()
                .register(meters);
    }

    private static String outcome(FetchResult result) {
        return switch (result) {
            case Stored(var ignored, boolean downloaded) -> downloaded ? "stored" : "already-stored";
            case Failed ignored -> "failed";
        };
    }
}
