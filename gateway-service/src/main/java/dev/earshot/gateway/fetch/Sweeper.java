package dev.earshot.gateway.fetch;

import dev.earshot.gateway.announce.Announcer;
import dev.earshot.gateway.delivery.CdnPurge;
import dev.earshot.gateway.recording.ClaimPublisher;
import dev.earshot.gateway.recording.DueWork;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingLog;
import dev.earshot.gateway.recording.RecordingLog.Keys;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.store.StoreControl;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Leases what is due and does it. Of each kind of work one round at a time; the next is set when this one has ended,
 * and comes at once where there may be more and something could be done: while a broker or a store refuses everything, the
 * interval is what keeps a long backlog from being leased, and refused, without a pause.
 *
 * <p>It runs on a plain Vert.x timer and talks to the database through the pool only: a Hibernate session would need a
 * duplicated context here, and hangs without one.
 */
@ApplicationScoped
class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final RecordingLog RECORDINGS = new RecordingLog(Sweeper.class);
    /** Each lists and deletes; the store's answers are what takes the time. */
    private static final int PURGES_AT_ONCE = 16;
    /** Vert.x has no timer of less. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** No round may stop all later ones, whatever hangs in it; every lease comes again. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);
    /**
     * A round in good health ends in far less, and so does a statement whose database hangs ({@code
     * earshot.database.timeout}). Longer would help nobody, for what has not ended is leased again by another replica, and
     * would be taken from the time between SIGTERM and SIGKILL that streams need to drain. No key: there is nothing to
     * gain by another value.
     */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final DueWork due;
    private final ClaimPublisher publisher;
    private final Announcer announcer;
    private final StoreControl store;
    private final CdnPurge cdn;
    private final SweeperConfig config;
    private final BulkPlaces bulk;
    private final MeterRegistry meters;
    private final InHand rounds = new InHand();
    private final Findings findings;
    private volatile boolean stopped;

    Sweeper(
            Vertx vertx,
            DueWork due,
            ClaimPublisher publisher,
            Announcer announcer,
            StoreControl store,
            CdnPurge cdn,
            SweeperConfig config,
            BulkPlaces bulk,
            MeterRegistry meters,
            Clock clock) {
        this.vertx = vertx;
        this.due = due;
        this.publisher = publisher;
        this.announcer = announcer;
        this.store = store;
        this.cdn = cdn;
        this.config = config;
        this.bulk = bulk;
        this.meters = meters;
        this.findings = new Findings(meters, clock);
        // There from the start, so that the first one shows as an increase.
        List.of("silent", "retry", "unpublished", "announce", "purge", "bulk").forEach(kind -> count(kind, List.of()));
    }

    /** Three rounds beside each other: a broker or a store that hangs delays no retry, nor each other's work. */
    void start(@Observes StartupEvent event) {
        next(config.interval(), this::startFetches);
        // All at once: one that was sent after its lease had ended could overtake a newer word on the same recording.
        next(
                config.interval(),
                () -> each("announce", due.announcements(config.batchSize()), config.batchSize(), this::announce));
        next(config.interval(), () -> each("purge", due.purges(config.batchSize()), PURGES_AT_ONCE, this::purge));
    }

    /** A round that runs comes to its end before the database goes; its leases would be due again only later. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        if (!rounds.awaitEnd(LONGEST_STOP)) {
            LOG.warnf("A sweep was still running after %s; what it leased comes again", LONGEST_STOP);
        }
    }

    private void next(Duration wait, Supplier<Uni<Boolean>> sweep) {
        if (!stopped) {
            vertx.setTimer(wait.toMillis(), ignored -> round(sweep));
        }
    }

    /** @param sweep tells whether another one may find more to do at once */
    private void round(Supplier<Uni<Boolean>> sweep) {
        if (stopped) {
            return;
        }
        rounds.during(Uni.createFrom()
                        .deferred(sweep::get)
                        .ifNoItem()
                        .after(LONGEST_ROUND)
                        .fail()
                        .onFailure()
                        .invoke(failure ->
                                LOG.warnf("A sweep did not end well: %s: %s", failure.getMessage(), failure.getCause()))
                        .onFailure()
                        .recoverWithItem(false))
                .subscribe()
                .with(more -> next(more ? AT_ONCE : config.interval(), sweep));
    }

    private Uni<Boolean> startFetches() {
        int batch = config.batchSize();
        return lease("silent", due.silent(batch), Sweeper::silent)
                .chain(() -> lease("retry", due.startInteractive(batch), publisher::publishDue))
                .chain(bulk::fill)
                .chain(() -> lease("unpublished", due.unpublished(batch), publisher::publishDue))
                .chain(due::pending)
                .invoke(findings::swept)
                .replaceWith(false);
    }

    private static void silent(Recording recording) {
        RECORDINGS.warn(
                Keys.of(recording).code("silent"),
                recording.state() instanceof RecordingState.Failed
                        ? "No outcome came in time, again and again; it is given up"
                        : "No outcome came in time; it is tried again");
    }

    private Uni<Boolean> announce(DueWork.Announcement announcement) {
        return mended(
                announcer.announce(announcement),
                Keys.of(announcement.recording()),
                "The change could not be announced");
    }

    /** The store first: a CDN that forgets before would only fetch it again. */
    private Uni<Boolean> purge(DueWork.Purge purge) {
        return mended(
                store.purge(purge.key(), purge.upToGeneration())
                        .call(() -> cdn.purge(purge.key(), purge.generations()))
                        .chain(found -> due.purged(purge, found == 0)),
                Keys.of(purge.key()),
                "The stored objects could not be purged");
    }

    /** Whether it was done. One that fails does not stop the others: its lease ends, and it comes again. */
    private static Uni<Boolean> mended(Uni<Void> work, Keys keys, String what) {
        return work.replaceWith(true)
                .onFailure()
                .invoke(failure ->
                        RECORDINGS.warn(keys, what + " yet: " + failure.getMessage() + ": " + failure.getCause()))
                .onFailure()
                .recoverWithItem(false);
    }

    private <T> Uni<Void> lease(String kind, Uni<List<T>> leased, Consumer<T> act) {
        return leased.invoke(items -> count(kind, items))
                .invoke(items -> items.forEach(act))
                .replaceWithVoid();
    }

    private <T> Uni<Boolean> each(String kind, Uni<List<T>> leased, int atOnce, Function<T, Uni<Boolean>> act) {
        return leased.invoke(items -> count(kind, items))
                .chain(items -> anyDone(items, atOnce, act).map(done -> done && items.size() == config.batchSize()));
    }

    /** Acts on each, and tells whether any of them was done. */
    static <T> Uni<Boolean> anyDone(List<T> items, int atOnce, Function<T, Uni<Boolean>> act) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUni(act::apply)
                .merge(atOnce)
                .collect()
                .with(Collectors.reducing(false, Boolean::logicalOr));
    }

    private void count(String kind, List<?> items) {
        meters.counter("earshot.sweeper.leases", "kind", kind).increment(items.size());
    }
}
