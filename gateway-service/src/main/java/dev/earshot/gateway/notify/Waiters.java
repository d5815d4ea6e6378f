package dev.earshot.gateway.notify;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.trace.Spans;
import dev.earshot.gateway.trace.Step;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Requests that wait for a recording to settle. */
@ApplicationScoped
public class Waiters implements Changes {
    private static final Logger LOG = Logger.getLogger(Waiters.class);

    private final Object lock = new Object();
    private final Map<RecordingKey, Watch<?>> watches = new HashMap<>();
    private static final long READ_AGAIN_MILLIS = 1000;

    private final Vertx vertx;
    private final Spans spans;
    /** What could not be read and is tried again. */
    private final Set<RecordingKey> unread = new HashSet<>();

    private final int most;
    private int waiting;

    Waiters(Vertx vertx, WaitersConfig config, MeterRegistry meters, Spans spans) {
        this.vertx = vertx;
        this.spans = spans;
        this.most = config.maxWaiters();
        meters.gauge("earshot.waiters", this, Waiters::count);
    }

    /**
     * A recording that is not being fetched any more, as the one shared read found it.
     *
     * @param traceparent the trace of whoever had it fetched
     */
    public record Settled<T>(RecordingKey key, T value, Optional<String> traceparent) {}

    /** Reads, of the given recordings, those that have settled. */
    @FunctionalInterface
    public interface Reader<T> extends Function<Collection<RecordingKey>, Uni<List<Settled<T>>>> {}

    /** All who wait for one recording. */
    private record Watch<T>(Reader<T> reader, Set<UniEmitter<? super Optional<T>>> emitters) {}

    /**
     * Waits until the recording has settled. The caller has read the row before; it is read once more after the
     * subscription, so that nothing is missed in between.
     *
     * @param reader the same one for all callers
     * @return empty when the time is over, or at once if too many wait
     */
    public <T> Uni<Optional<T>> settled(RecordingKey key, Duration atMost, Reader<T> reader) {
        if (atMost.isZero() || atMost.isNegative()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Context context = Vertx.currentContext();
        Uni<Optional<T>> settled = Uni.createFrom().<Optional<T>>emitter(emitter -> join(key, reader, emitter));
        Uni<Optional<T>> bounded = settled.ifNoItem().after(atMost).recoverWithItem(Optional::empty);
        return context == null ? bounded : bounded.emitOn(task -> context.runOnContext(ignored -> task.run()));
    }

    private <T> void join(RecordingKey key, Reader<T> reader, UniEmitter<? super Optional<T>> emitter) {
        boolean first;
        synchronized (lock) {
            if (waiting >= most) {
                emitter.complete(Optional.empty());
                return;
            }
            first = !watches.containsKey(key);
            Watch<T> watch = watch(key, reader);
            watch.emitters().add(emitter);
            waiting++;
        }
        emitter.onTermination(() -> leave(key, emitter));
        if (first) {
            changed(Set.of(key));
        }
    }

    @SuppressWarnings("unchecked") // One recording is waited for with one reader.
    private <T> Watch<T> watch(RecordingKey key, Reader<T> reader) {
        return (Watch<T>) watches.computeIfAbsent(key, k -> new Watch<T>(reader, new HashSet<>()));
    }

    private void leave(RecordingKey key, UniEmitter<?> emitter) {
        synchronized (lock) {
            Watch<?> watch = watches.get(key);
            if (watch != null && watch.emitters().remove(emitter)) {
                waiting--;
                if (watch.emitters().isEmpty()) {
                    watches.remove(key);
                }
            }
        }
    }

    /** Something happened to these: reads those that anybody waits for, in one query. */
    @Override
    public void changed(Collection<RecordingKey> keys) {
        List<RecordingKey> watched = new ArrayList<>();
        Watch<?> any = null;
        synchronized (lock) {
            for (RecordingKey key : keys) {
                Watch<?> watch = watches.get(key);
                if (watch != null) {
                    watched.add(key);
                    any = watch;
                }
            }
        }
        if (any != null) {
            read(any.reader(), watched);
        }
    }

    /** Nobody can tell what happened: reads everything that is waited for. */
    @Override
    public void changedPerhaps() {
        List<RecordingKey> all;
        synchronized (lock) {
            all = List.copyOf(watches.keySet());
        }
        changed(all);
    }

    private <T> void read(Reader<T> reader, List<RecordingKey> keys) {
        reader.apply(keys)
                .subscribe()
                .with(settled -> settled.forEach(this::wake), failure -> readAgain(keys, failure));
    }

    /**
     * The database has told of the change and will not again; whoever is still waited for is read until it works. By one timer
     * for all, however many reads have failed: in an outage each look at what is waited for fails, too.
     */
    private void readAgain(List<RecordingKey> keys, Throwable failure) {
        LOG.warnf("Could not read %d recordings that are waited for: %s", keys.size(), failure);
        boolean first;
        synchronized (lock) {
            first = unread.isEmpty();
            unread.addAll(keys);
        }
        if (first) {
            vertx.setTimer(READ_AGAIN_MILLIS, ignored -> changed(takeUnread()));
        }
    }

    private List<RecordingKey> takeUnread() {
        synchronized (lock) {
            List<RecordingKey> taken = List.copyOf(unread);
            unread.clear();
            return taken;
        }
    }

    @SuppressWarnings("unchecked") // One recording is waited for with one reader.
    private <T> void wake(Settled<T> settled) {
        Watch<T> watch;
        synchronized (lock) {
            watch = (Watch<T>) forget(settled.key());
        }
        if (watch != null) {
            Step step = spans.waking(settled.traceparent())
                    .about(settled.key())
                    .with("earshot.waits", watch.emitters().size());
            watch.emitters().forEach(emitter -> emitter.complete(Optional.of(settled.value())));
            step.end();
        }
    }

    private @Nullable Watch<?> forget(RecordingKey key) {
        Watch<?> watch = watches.remove(key);
        if (watch != null) {
            waiting -= watch.emitters().size();
        }
        return watch;
    }

    private double count() {
        synchronized (lock) {
            return waiting;
        }
    }
}
