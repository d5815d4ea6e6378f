package dev.earshot.gateway.playback;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.shutdown.Draining;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private final Map<RecordingKey, Set<AudioPipe>> running = new ConcurrentHashMap<>();

    Streams(PlaybackConfig config, MeterRegistry meters) {
        this.most = config.maxStreams();
        Gauge.builder("earshot.playback.streams.active", taken, AtomicInteger::get)
                .description("Streams being opened or sent")
                .register(meters);
        Gauge.builder("earshot.playback.streams.limit", this, streams -> streams.most)
                .description("Streams that this gateway sends at once at most")
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

    /** Sends, so that a drain or a deletion can find and reset it. */
    Uni<AudioPipe.Ending> run(RecordingKey key, AudioPipe pipe) {
        return Uni.createFrom()
                .deferred(() -> {
                    add(key, pipe);
                    return pipe.run();
                })
                .onTermination()
                .invoke(() -> remove(key, pipe));
    }

    private void add(RecordingKey key, AudioPipe pipe) {
        running.compute(key, (k, pipes) -> {
            Set<AudioPipe> all = pipes == null ? ConcurrentHashMap.newKeySet() : pipes;
            all.add(pipe);
            return all;
        });
    }

    private void remove(RecordingKey key, AudioPipe pipe) {
        running.computeIfPresent(key, (k, pipes) -> {
            pipes.remove(pipe);
            return pipes.isEmpty() ? null : pipes;
        });
    }

    /** Whether any stream of this recording is being sent. */
    boolean isRunning(RecordingKey key) {
        return running.containsKey(key);
    }

    /** The recordings that are being sent, each once. */
    List<RecordingKey> running() {
        return List.copyOf(running.keySet());
    }

    /** Resets every stream of a recording that is deleted. */
    void end(RecordingKey key) {
        running.getOrDefault(key, Set.of()).forEach(pipe -> pipe.reset(AudioPipe.Ending.DELETED));
    }

    @Override
    public int open() {
        return taken.get();
    }

    @Override
    public void reset() {
        running.values().forEach(pipes -> pipes.forEach(pipe -> pipe.reset(AudioPipe.Ending.SHUTDOWN)));
    }
}
