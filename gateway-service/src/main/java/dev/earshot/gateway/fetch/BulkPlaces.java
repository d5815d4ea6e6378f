package dev.earshot.gateway.fetch;

import dev.earshot.gateway.recording.Claim;
import dev.earshot.gateway.recording.ClaimPublisher;
import dev.earshot.gateway.recording.DueWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The places of bulk fetches. The sweeper fills what is free; an outcome, which frees one, has it filled at once, so that
 * Twilio and the store decide how fast ten thousand are prefetched and not the sweeper's interval.
 */
@ApplicationScoped
class BulkPlaces {
    private static final Logger LOG = Logger.getLogger(BulkPlaces.class);
    private static final int FIRST = 1;

    private final DueWork due;
    private final ClaimPublisher publisher;
    private final PrefetchConfig config;
    private final MeterRegistry meters;
    /** Outcomes since the filling began that is under way; 0 where none is. */
    private final AtomicInteger freed = new AtomicInteger();

    private volatile boolean stopped;

    BulkPlaces(DueWork due, ClaimPublisher publisher, PrefetchConfig config, MeterRegistry meters) {
        this.due = due;
        this.publisher = publisher;
        this.config = config;
        this.meters = meters;
    }

    /** Before anybody waits for what is in hand: its outcomes must not begin anything that this process cannot end. */
    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        stopped = true;
    }

    /** Starts as many fetches as there are free places. */
    Uni<Void> fill() {
        return due.startBulk(config.inFlight()).invoke(this::started).replaceWithVoid();
    }

    /** A fetch has ended: of bulk, perhaps. At most one filling is under way, and one more follows it. */
    void freed() {
        if (!stopped && config.inFlight() > 0 && freed.getAndIncrement() == 0) {
            fillOnce();
        }
    }

    /**
     * Subscribed to here and no part of the outcome's own pipeline: an outcome's offset must not wait for other recordings'
     * places, nor its handling fail by them. It is bounded all the same: one at a time, each by the database's time-out.
     */
    private void fillOnce() {
        freed.set(1);
        fill().subscribe().with(ignored -> filled(), this::failed);
    }

    private void filled() {
        if (!freed.compareAndSet(1, 0) && !stopped) {
            fillOnce();
        }
    }

    /** The sweeper comes by. */
    private void failed(Throwable failure) {
        freed.set(0);
        LOG.debugf(failure, "Free places of bulk fetches were not filled at once");
    }

    private void started(List<Claim> claims) {
        meters.counter("earshot.sweeper.leases", "kind", "bulk").increment(claims.size());
        claims.forEach(publisher::publishDue);
    }
}
