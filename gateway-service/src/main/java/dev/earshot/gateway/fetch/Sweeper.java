package dev.earshot.gateway.fetch;

import dev.earshot.gateway.announce.Announcer;
import dev.earshot.gateway.recording.ClaimPublisher;
import dev.earshot.gateway.recording.DueWork;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingLog;
import dev.earshot.gateway.store.StoreControl;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Leases what is due and does it. One round at a time; the next is set when this one has ended.
 *
 * <p>It runs on a plain Vert.x timer and talks to the database through the pool only: a Hibernate session would need a
 * duplicated context here, and hangs without one.
 */
@ApplicationScoped
class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final RecordingLog RECORDINGS = new RecordingLog(Sweeper.class);
    private static final int AT_ONCE = 16;
    /** No round may stop all later ones, whatever hangs in it; every lease comes again. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final DueWork due;
    private final ClaimPublisher publisher;
    private final Announcer announcer;
    private final StoreControl store;
    private final SweeperConfig config;
    private final PrefetchConfig prefetch;
    private final MeterRegistry meters;
    private volatile boolean stopped;
    private volatile DueWork.Pending pending = new DueWork.Pending(0, 0, 0);

    Sweeper(
            Vertx vertx,
            DueWork due,
            ClaimPublisher publisher,
            Announcer announcer,
            StoreControl store,
            SweeperConfig config,
            PrefetchConfig prefetch,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.due = due;
        this.publisher = publisher;
        this.announcer = announcer;
        this.store = store;
        this.config = config;
        this.prefetch = prefetch;
        this.meters = meters;
        meters.gauge("earshot.announcements.pending", this, s -> s.pending.announcements());
        meters.gauge("earshot.purges.pending", this, s -> s.pending.purges());
        meters.gauge("earshot.sweeper.lag.seconds", this, s -> s.pending.lagSeconds());
    }

    void start(@Observes StartupEvent event) {
        next();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void next() {
        if (!stopped) {
            vertx.setTimer(config.interval().toMillis(), ignored -> round());
        }
    }

    private void round() {
        sweep().ifNoItem()
                .after(LONGEST_ROUND)
                .fail()
                .onTermination()
                .invoke(this::next)
                .subscribe()
                .with(ignored -> {}, failure -> LOG.warnf("A sweep did not end well: %s", failure));
    }

    private Uni<Void> sweep() {
        int batch = config.batchSize();
        return lease("silent", due.silent(batch), Sweeper::silent)
                .chain(() -> lease("retry", due.startInteractive(batch), publisher::publish))
                .chain(() -> lease("bulk", due.startBulk(prefetch.inFlight()), publisher::publish))
                .chain(() -> lease("unpublished", due.unpublished(batch), publisher::publish))
                .chain(() -> each("announce", due.announcements(batch), announcer::announce))
                .chain(() -> each("purge", due.purges(batch), this::purge))
                .chain(due::pending)
                .invoke(now -> pending = now)
                .replaceWithVoid();
    }

    private static void silent(Recording recording) {
        RECORDINGS.warn(RecordingLog.Keys.of(recording).code("silent"), "No outcome came in time; it is tried again");
    }

    private Uni<Void> purge(DueWork.Purge purge) {
        return store.purge(purge.key(), purge.upToGeneration()).chain(found -> due.purged(purge, found == 0));
    }

    private <T> Uni<Void> lease(String kind, Uni<List<T>> leased, Consumer<T> act) {
        return each(kind, leased, item -> {
            act.accept(item);
            return Uni.createFrom().voidItem();
        });
    }

    /** One that fails does not stop the others: its lease ends, and it comes again. */
    private <T> Uni<Void> each(String kind, Uni<List<T>> leased, Function<T, Uni<Void>> act) {
        return leased.invoke(items ->
                        meters.counter("earshot.sweeper.leases", "kind", kind).increment(items.size()))
                .chain(items -> Multi.createFrom()
                        .iterable(items)
                        .onItem()
                        .transformToUni(item -> act.apply(item)
                                .onFailure()
                                .invoke(failure -> LOG.warnf("The sweeper could not %s: %s", kind, failure))
                                .onFailure()
                                .recoverWithNull())
                        .merge(AT_ONCE)
                        .collect()
                        .asList()
                        .replaceWithVoid());
    }
}
