package dev.earshot.gateway.shutdown;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Holds the stop back until the work under way is over or its time is. The event comes before the HTTP server refuses
 * anything, so requests are still answered while a load balancer learns that readiness is down.
 */
@ApplicationScoped
public class Draining {
    private static final Logger LOG = Logger.getLogger(Draining.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ShutdownConfig config;
    private final Instance<Work> works;
    private final BroadcastProcessor<Boolean> signal = BroadcastProcessor.create();
    private volatile boolean begun;

    Draining(ShutdownConfig config, @Any Instance<Work> works) {
        this.config = config;
        this.works = works;
    }

    /** Something that takes its time. */
    public interface Work {
        /** How many are under way. */
        int open();

        /** Ends them at once. Any thread. */
        void reset();
    }

    /** Whether the service is stopping. */
    public boolean begun() {
        return begun;
    }

    /** Comes when the service begins to stop, at once if it has. Cancelling it leaves nothing behind. */
    public Uni<Boolean> begins() {
        return Uni.createFrom().deferred(() -> begun ? Uni.createFrom().item(true) : signal.toUni());
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        begun = true;
        signal.onNext(true);
        signal.onComplete();
        long until = System.nanoTime() + config.drain().toNanos();
        LOG.infof("Draining %d streams for at most %s", open(), config.drain());
        while (open() > 0 && System.nanoTime() < until) {
            // The main thread is stopping the service; nothing else runs on it.
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        if (open() > 0) {
            LOG.warnf("Resetting %d streams that did not end in time", open());
            works.forEach(Work::reset);
        }
    }

    private int open() {
        return works.stream().mapToInt(Work::open).sum();
    }
}
