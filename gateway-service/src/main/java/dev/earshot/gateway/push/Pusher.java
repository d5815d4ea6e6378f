package dev.earshot.gateway.push;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.notify.Changes;
import dev.earshot.gateway.push.Watches.Watcher;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.trace.Spans;
import dev.earshot.gateway.trace.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one reader for all streams of this gateway: one query at a time, for whatever is watched and may have changed. */
@ApplicationScoped
class Pusher implements Changes {
    private static final Logger LOG = Logger.getLogger(Pusher.class);
    /** Rows of one query: some hundred kilobytes, some ten milliseconds. */
    private static final int BATCH = 500;
    /** The database is down or slow; whoever watches is told when it is back. */
    private static final Duration READ_AGAIN = Duration.ofSeconds(1);

    private final Recordings recordings;
    private final Vertx vertx;
    private final PushConfig config;
    private final Frames frames;
    private final Spans spans;
    private final Watches watches;
    private final Counter reads;
    private final AtomicBoolean refreshing = new AtomicBoolean();

    Pusher(
            Recordings recordings,
            Vertx vertx,
            PushConfig config,
            ObjectMapper json,
            MeterRegistry meters,
            Spans spans) {
        this.recordings = recordings;
        this.vertx = vertx;
        this.config = config;
        this.spans = spans;
        this.frames = new Frames(json);
        this.watches = new Watches(config.maxWatches());
        this.reads = meters.counter("earshot.push.reads");
        Gauge.builder("earshot.push.watches", watches, Watches::size).register(meters);
    }

    /** Tells the state of each now, and every other one from now on. @return false if too many are watched */
    boolean join(Watcher watcher, Collection<RecordingKey> keys) {
        boolean joined = watches.join(watcher, keys);
        readOn();
        return joined;
    }

    /** Asks to list now, and tells every change from now on. */
    void join(Watcher watcher, Tenant tenant) {
        watches.join(watcher, tenant);
        watcher.tell(Frames.REFRESH);
    }

    void leave(Watcher watcher, Collection<RecordingKey> keys) {
        watches.leave(watcher, keys);
    }

    void leave(Watcher watcher, Tenant tenant) {
        watches.leave(watcher, tenant);
    }

    @Override
    public void changed(Collection<RecordingKey> keys) {
        watches.changed(keys);
        readOn();
    }

    @Override
    public void changedPerhaps() {
        watches.changedPerhaps();
        readOn();
        // The last call comes when changes are heard again, so one request to list anew comes after it.
        if (refreshing.compareAndSet(false, true)) {
            vertx.setTimer(config.refreshEvery().toMillis(), ignored -> {
                refreshing.set(false);
                watches.ofWholeTenants().forEach(watcher -> watcher.tell(Frames.REFRESH));
            });
        }
    }

    private void readOn() {
        List<RecordingKey> batch = watches.take(BATCH);
        if (!batch.isEmpty()) {
            reads.increment();
            // What fails before anybody is told is read again; what a callback throws would be heard by nobody.
            recordings.find(batch).map(this::news).subscribe().with(this::tell, this::readAgain);
        }
    }

    /** What was read, and the step of telling it; one of which nobody is told does not end, and is not told either. */
    private record News(Map<RecordingKey, Notice> notices, Map<RecordingKey, Step> wakings) {}

    private News news(List<Recording> found) {
        return new News(
                found.stream().collect(Collectors.toMap(Recording::key, frames::of)),
                found.stream().collect(Collectors.toMap(Recording::key, this::waking)));
    }

    private void tell(News news) {
        watches.read(news.notices(), frames::unknown)
                .forEach((key, streams) -> ended(news.wakings().get(key), streams));
        readOn();
    }

    private Step waking(Recording recording) {
        return spans.waking(recording.traceparent())
                .about(recording.key())
                .with("earshot.state", recording.state().wireName());
    }

    private static void ended(@Nullable Step waking, int streams) {
        if (waking != null) {
            waking.with("earshot.streams", streams).end();
        }
    }

    private void readAgain(Throwable failure) {
        LOG.warnf("Could not read recordings that are watched: %s", failure);
        watches.notRead();
        vertx.setTimer(READ_AGAIN.toMillis(), ignored -> readOn());
    }
}
