package dev.earshot.gateway.playback;

import dev.earshot.gateway.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** What is counted about listening. */
@Startup
@ApplicationScoped
class PlaybackMetrics {
    private static final List<String> KINDS =
            List.of("whole", "partial", "not-modified", "data", "redirect", "preparing");
    private static final int SERVER_ERROR = 500;

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
                .description("From asking the store to the head of its answer")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(meters);
        // There from the start (so @Startup), so that the first one shows as an increase.
        KINDS.forEach(kind -> answers(kind).increment(0));
        for (ProblemType type : ProblemType.values()) {
            if (type.status() >= SERVER_ERROR) {
                answers(type.code()).increment(0);
            }
        }
        for (AudioPipe.Ending ending : AudioPipe.Ending.values()) {
            endings(ending).increment(0);
        }
    }

    void sent(int count) {
        bytes.increment(count);
    }

    void opened(Duration sinceAsked) {
        firstByte.record(sinceAsked);
    }

    /** One answered request; problems are counted by their code in {@code earshot.http.problems}. */
    void answered(String outcome) {
        answers(outcome).increment();
    }

    private Counter answers(String outcome) {
        return meters.counter("earshot.playback.answers", "outcome", outcome);
    }

    void ended(AudioPipe.Ending ending) {
        endings(ending).increment();
    }

    private Counter endings(AudioPipe.Ending ending) {
        return meters.counter("earshot.playback.streams.ended", "side", ending.side());
    }
}
