package dev.earshot.gateway.playback;

import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.shutdown.Draining;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The streams that are being sent: bounded, counted, and reset when a drain's time is over. */
@ApplicationScoped
class Streams implements Draining.Work {
    /** A stream is short compared with a recording's life, and another replica may have room now. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<AudioPipe> running = ConcurrentHashMap.newKeySet();

    Streams(PlaybackConfig config, MeterRegistry meters) {
        this.most = config.maxStreams();
        Gauge.builder("earshot.playback.streams.active", taken, AtomicInteger::get)
                .description("Streams being opened or sent")
                .register(meters);
    }

    /**
     * Runs the work with a place, which is given back however it ends.
     *
     * @throws Problem in the Uni: 503 {@code too-many-streams}
     */
    <T> Uni<T> withPlace(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (taken.incrementAndGet() > most) {
                taken.decrementAndGet();
                return Uni.createFrom()
                        .failure(Problem.of(ProblemType.TOO_MANY_STREAMS).retryAfter(RETRY));
            }
            return work.get().onTermination().invoke(taken::decrementAndGet);
        });
    }

    /** Sends, so that a drain can find and reset it. */
    Uni<AudioPipe.Ending> run(AudioPipe pipe) {
        return Uni.createFrom()
                .deferred(() -> {
                    running.add(pipe);
                    return pipe.run();
                })
                .onTermination()
                .invoke(() -> running.remove(pipe));
    }

    @Override
    public int open() {
        return taken.get();
    }

    @Override
    public void reset() {
        running.forEach(AudioPipe::reset);
    }
}
