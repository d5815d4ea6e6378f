package dev.earshot.gateway.retention;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.played.LastPlayed;
import dev.earshot.gateway.played.LastPlayedConfig;
import dev.earshot.gateway.recording.DueWork;
import dev.earshot.gateway.recording.Expiring;
import dev.earshot.gateway.recording.Expiring.Age;
import dev.earshot.gateway.recording.Inspection;
import dev.earshot.gateway.rounds.Rounds;
import dev.earshot.gateway.tenant.Retention;
import dev.earshot.gateway.tenant.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Evicts and deletes in rounds, and says what was done. */
@ApplicationScoped
class RetentionRounds {
    private static final Logger LOG = Logger.getLogger(RetentionRounds.class);
    /** A round that has so much to do ends here and goes on with the next at once, which its own line in the log tells. */
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(10);
    /** Something hangs that has a time-out of its own. */
    private static final Duration HUNG = LONGEST_ROUND.plusMinutes(5);
    /** What a batch takes in good health; a transaction that is cut off is rolled back, and comes again. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);
    /** Each start looks soon, or replicas that live for minutes would never. */
    private static final Duration LONGEST_FIRST_WAIT = Duration.ofMinutes(1);
    /** Changes in one statement: well below the time that it may take. */
    private static final int FORGOTTEN_AT_ONCE = 2_000;

    private final Expiring recordings;
    private final DueWork due;
    private final Tenants tenants;
    private final LastPlayed lastPlayed;
    private final RetentionRoundsConfig config;
    private final Inspection inspection;
    private final Duration historyKept;
    private final MeterRegistry meters;
    private final Duration notKnownFor;
    private final Rounds rounds;
    private volatile boolean stopping;

    RetentionRounds(
            Vertx vertx,
            Expiring recordings,
            DueWork due,
            Tenants tenants,
            LastPlayed lastPlayed,
            LastPlayedConfig played,
            RetentionRoundsConfig config,
            Inspection inspection,
            HistoryConfig history,
            MeterRegistry meters) {
        check(config);
        check(history);
        this.inspection = inspection;
        this.historyKept = history.keep();
        this.recordings = recordings;
        this.due = due;
        this.tenants = tenants;
        this.lastPlayed = lastPlayed;
        this.config = config;
        this.meters = meters;
        // A replica may have remembered for as long what another one had written as long before.
        this.notKnownFor = played.atMostEvery().multipliedBy(2);
        this.rounds = new Rounds(vertx, "retention", config.interval(), HUNG, this::round);
    }

    static void check(RetentionRoundsConfig config) {
        require(config.interval().toMillis() > 0, "retention.interval must be more than 0");
        require(config.batchSize() > 0, "retention.batch-size must be at least 1");
        require(config.maxPending() > 0, "retention.max-pending must be at least 1");
    }

    static void check(HistoryConfig config) {
        require(config.keep().toMillis() > 0, "history.keep must be more than 0");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException("The configuration cannot work: earshot." + problem);
        }
    }

    void start(@Observes StartupEvent event) {
        rounds.start(config.interval().compareTo(LONGEST_FIRST_WAIT) < 0 ? config.interval() : LONGEST_FIRST_WAIT);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        if (!rounds.stop(LONGEST_STOP, false)) {
            LOG.warn("A batch of retention was still running; it is done again");
        }
    }

    /** What this replica heard of is written first: what somebody just began to play is not evicted. */
    private Uni<Boolean> round() {
        long began = System.nanoTime();
        RetentionRound round = new RetentionRound(
                recordings,
                due::pending,
                config,
                this::limit,
                () -> stopping || since(began).compareTo(LONGEST_ROUND) > 0);
        return lastPlayed
                .write()
                .chain(round::run)
                .invoke(ended -> tell(ended, since(began)))
                .call(() -> forget(began))
                .map(ended -> since(began).compareTo(LONGEST_ROUND) > 0);
    }

    private Uni<Void> forget(long began) {
        return Multi.createBy()
                .repeating()
                .uni(() -> inspection.forget(historyKept, FORGOTTEN_AT_ONCE))
                .whilst(gone ->
                        gone == FORGOTTEN_AT_ONCE && !stopping && since(began).compareTo(LONGEST_ROUND) <= 0)
                .onItem()
                .ignoreAsUni();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private Optional<Duration> limit(Age age, Tenant tenant) {
        Retention retention = tenants.policy(tenant).retention();
        return switch (age) {
            case UNPLAYED -> retention.evictAfterUnplayed().map(notKnownFor::plus);
            case SINCE_CALL -> retention.deleteAfter();
        };
    }

    private void tell(RetentionRound round, Duration took) {
        int evicted = round.count(Age.UNPLAYED);
        int deleted = round.count(Age.SINCE_CALL);
        meters.counter("earshot.retention.recordings", "action", "evicted").increment(evicted);
        meters.counter("earshot.retention.recordings", "action", "deleted").increment(deleted);
        meters.timer("earshot.retention.rounds").record(took);
        if (round.anybodyWantsIt()) {
            LOG.infof("Retention: %d recordings evicted, %d deleted in %d ms", evicted, deleted, took.toMillis());
        }
    }
}
