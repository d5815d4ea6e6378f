package dev.earshot.gateway.health;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One dependency and the last look at it. At most one look runs at a time, so that a dead one collects no requests. */
final class WatchedDependency {
    /** A reader is told by then; probes give up soon after. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** A look that never came back (a connection lost without a word) may be repeated after this. */
    private static final Duration LOST = Duration.ofSeconds(10);

    private final Dependency dependency;
    private final AtomicReference<@Nullable Uni<Boolean>> running = new AtomicReference<>();
    private volatile boolean worked = true;

    WatchedDependency(Dependency dependency) {
        this.dependency = dependency;
    }

    String name() {
        return dependency.name();
    }

    /** The last look's result; true before the first. */
    boolean worked() {
        return worked;
    }

    /** Looks, or joins the look that runs. */
    Uni<Boolean> look() {
        return Uni.createFrom()
                .deferred(this::begunOrJoined)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(false)
                .invoke(works -> worked = works);
    }

    private Uni<Boolean> begunOrJoined() {
        Uni<Boolean> fresh = Uni.createFrom()
                .deferred(dependency::works)
                .ifNoItem()
                .after(LOST)
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(false)
                .onTermination()
                .invoke(() -> running.set(null))
                .memoize()
                .indefinitely();
        Uni<Boolean> before = running.compareAndExchange(null, fresh);
        return before == null ? fresh : before;
    }
}
