package dev.earshot.gateway.played;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.recording.PlayTimes;
import dev.earshot.gateway.rounds.Rounds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Takes note of what is played, and has it written in rounds. */
@ApplicationScoped
public class LastPlayed {
    private static final Logger LOG = Logger.getLogger(LastPlayed.class);
    /** One statement, which the database's own time-out ends before. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);
    /** At a stop: notes are not worth more of the time that streams need to drain. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private static final int FIRST = 1;

    private final PlayTimes times;
    private final LastPlayedConfig config;
    private final PlayNotes notes;
    private final Rounds rounds;
    private final Counter written;
    private final Counter dropped;

    LastPlayed(Vertx vertx, PlayTimes times, LastPlayedConfig config, MeterRegistry meters) {
        check(config);
        this.times = times;
        this.config = config;
        this.notes = new PlayNotes(config.atMostEvery(), config.maxNoted(), System::nanoTime);
        this.rounds = new Rounds(vertx, "notes of what was played", config.interval(), LONGEST_ROUND, this::write);
        this.written = meters.counter("earshot.last.played.notes", "result", "written");
        this.dropped = meters.counter("earshot.last.played.notes", "result", "dropped");
        meters.gauge("earshot.last.played.waiting", notes, PlayNotes::waiting);
    }

    static void check(LastPlayedConfig config) {
        require(config.interval().toMillis() > 0, "interval must be more than 0");
        require(config.atMostEvery().toMillis() > 0, "at-most-every must be more than 0");
        require(config.batchSize() > 0, "batch-size must be at least 1");
        require(config.maxNoted() > 0, "max-noted must be at least 1");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException("The configuration cannot work: earshot.last-played." + problem);
        }
    }

    /** Somebody begins to listen. Returns at once and never fails; any thread. */
    public void began(RecordingKey key) {
        if (!notes.note(key)) {
            dropped.increment();
        }
    }

    /**
     * Writes one batch of what was noted by now.
     *
     * @return whether there is more; fails if the database does not answer, and keeps the notes for a few times
     */
    public Uni<Boolean> write() {
        return Uni.createFrom().deferred(() -> {
            List<PlayNotes.Taken> taken = notes.take(config.batchSize());
            return taken.isEmpty() ? Uni.createFrom().item(false) : write(taken);
        });
    }

    private Uni<Boolean> write(List<PlayNotes.Taken> taken) {
        return times.note(taken.stream().map(PlayNotes.Taken::played).toList(), config.atMostEvery())
                .onFailure()
                .invoke(() -> notes.settle(taken, List.of()))
                .invoke(known -> notes.settle(taken, known))
                .invoke(known -> written.increment(known.size()))
                .map(known -> taken.size() == config.batchSize());
    }

    void start(@Observes StartupEvent event) {
        rounds.start(config.interval());
    }

    /** While the database is still there. A stop that is in order loses nothing. */
    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        if (!rounds.stop(LONGEST_STOP, true)) {
            LOG.warn("What was played last could not be written in time");
        }
    }
}
