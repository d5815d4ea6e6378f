package dev.earshot.gateway.shutdown;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Holds the stop back until every request under way is answered or its time is over. The event comes before the HTTP server refuses
 * anything, so new requests are still answered, streams included, while a load balancer learns that readiness is down.
 *
 * <p>Quarkus' own wait ({@code quarkus.shutdown.timeout}) is off: it never hears of a request that was reset, and waits
 * its whole time for it.
 */
@ApplicationScoped
public class Draining {
    private static final Logger LOG = Logger.getLogger(Draining.class);
    /** A reset is done in a moment; what takes longer goes with the process. */
    private static final Duration AFTER_RESET = Duration.ofSeconds(1);

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ShutdownConfig config;
    private final Instance<Work> works;
    /** Thousands of waiters come and go: each costs one entry, whoever else is there. */
    private final Set<UniEmitter<? super Boolean>> told = ConcurrentHashMap.newKeySet();

    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean begun;

    Draining(ShutdownConfig config, @Any Instance<Work> works) {
        this.config = config;
        this.works = works;
    }

    /** Something that takes its time. */
    public interface Work {
        /** How many are under way. */
        int open();

        /** Ends all of it at once. Any thread. */
        void reset();
    }

    /** A request has come. Whoever says so says {@link #requestEnded()} once, however it ended. */
    public void requestBegan() {
        unanswered.incrementAndGet();
    }

    /** A request's head is sent, or its connection is gone; the bytes that follow are a {@link Work}. */
    public void requestEnded() {
        unanswered.decrementAndGet();
    }

    /** Whether the service is stopping. */
    public boolean begun() {
        return begun;
    }

    /** Comes when the service begins to stop, at once if it has. Cancelling it leaves nothing behind. */
    public Uni<Boolean> begins() {
        return Uni.createFrom().emitter(emitter -> tellOnce(emitter));
    }

    private void tellOnce(UniEmitter<? super Boolean> emitter) {
        told.add(emitter);
        emitter.onTermination(() -> told.remove(emitter));
        // It may have begun before the entry was there to be seen.
        if (begun) {
            emitter.complete(true);
        }
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        begun = true;
        told.forEach(emitter -> emitter.complete(true));
        LOG.infof("Draining %d requests and streams for at most %s", open(), config.drain());
        if (!ended(config.drain())) {
            LOG.warnf("Resetting what did not end in time: %d requests and streams are open", open());
            works.forEach(Work::reset);
            ended(AFTER_RESET);
        }
    }

    private boolean ended(Duration within) {
        long until = System.nanoTime() + within.toNanos();
        while (open() > 0 && System.nanoTime() < until) {
            // The main thread is stopping the service; nothing else runs on it.
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return open() == 0;
    }

    private int open() {
        return unanswered.get() + works.stream().mapToInt(Work::open).sum();
    }
}
