package dev.earshot.e2e.support;

import dev.earshot.e2e.support.Simulator.Recorded;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks again and again at what everybody can see of a recording in the bucket: a partial object would show its size. */
public final class PrefixWatch implements AutoCloseable {
    private static final int LOOK_EVERY_MILLIS = 20;

    private final Set<Long> sizes = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("prefix-watch").factory());

    private PrefixWatch(String prefix) {
        var ignored = watch.scheduleWithFixedDelay(
                () -> sizes.addAll(Bucket.local().audioSizes(prefix)), 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    public static PrefixWatch of(Recorded recorded) {
        return new PrefixWatch(recorded.tenant() + "/" + recorded.recordingSid() + "/");
    }

    /** Each size in bytes that any object had at any look. */
    public Set<Long> sizes() {
        return Set.copyOf(sizes);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
