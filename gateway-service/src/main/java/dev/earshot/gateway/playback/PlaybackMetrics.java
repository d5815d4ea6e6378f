package dev.earshot.gateway.playback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** What is counted about listening. */
@ApplicationScoped
class PlaybackMetrics {
    private final MeterRegistry meters;
    private final Counter bytes;
    private final Timer firstByte;

    PlaybackMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.bytes = Counter.builder("earshot.playback.bytes")
                .description("Audio bytes handed to listeners' connections")
                .baseUnit("bytes")
                .register(meters);
        this.firstByte = Timer.builder("earshot.playback.first.byte")
                .description("From the request for a stream to the head of the store's answer")
                .publishPercentileHistogram()
                .register(meters);
    }

    void sent(int count) {
        bytes.increment(count);
    }

    void opened(Duration sinceRequest) {
        firstByte.record(sinceRequest);
    }

    /** One answered request; problems are counted by their code in {@code earshot.http.problems}. */
    void answered(String outcome) {
        meters.counter("earshot.playback.answers", "outcome", outcome).increment();
    }

    void ended(AudioPipe.Ending ending) {
        meters.counter("earshot.playback.streams.ended", "side", ending.side()).increment();
    }
}
