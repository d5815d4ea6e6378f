package dev.earshot.gateway.playback;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.notify.Changes;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.recording.Recordings;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Resets, on every replica, the streams of a recording that is deleted while it is sent: at once by the database's
 * notification, and at the next look at all running streams if the notification was missed or came before the stream
 * was known here. An evicted recording's streams go on for as long as the store gives bytes.
 */
@ApplicationScoped
class DeletedStreams implements Changes {
    private static final Logger LOG = Logger.getLogger(DeletedStreams.class);

    private final Vertx vertx;
    private final Streams streams;
    private final Recordings recordings;
    private final Config config;

    DeletedStreams(Vertx vertx, Streams streams, Recordings recordings, Config config) {
        this.vertx = vertx;
        this.streams = streams;
        this.recordings = recordings;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(config.deletedCheck().toMillis(), ignored -> changedPerhaps());
    }

    @Override
    public void changed(Collection<RecordingKey> keys) {
        look(keys.stream().filter(streams::isRunning).toList());
    }

    @Override
    public void changedPerhaps() {
        look(streams.running());
    }

    private void look(List<RecordingKey> running) {
        if (!running.isEmpty()) {
            recordings
                    .find(running)
                    .subscribe()
                    .with(
                            this::end,
                            // The next look comes; while the database is away nobody can delete either.
                            failure -> LOG.debugf("Could not look at %d running streams: %s", running.size(), failure));
        }
    }

    private void end(List<Recording> found) {
        found.stream()
                .filter(recording -> recording.state() instanceof RecordingState.Deleted)
                .forEach(recording -> streams.end(recording.key()));
    }

    /** How a deletion reaches what plays. */
    @ConfigMapping(prefix = "earshot.playback")
    public interface Config {
        /**
         * How often the recordings that are being sent are looked up among the deleted ones, all in one query. A deletion is
         * notified and ends their streams at once; this bounds what a missed notification costs.
         */
        @WithDefault("2s")
        Duration deletedCheck();
    }
}
