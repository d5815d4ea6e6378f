package dev.earshot.gateway.reconcile;

import dev.earshot.events.Administered;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.reconcile.Reconciliation.Wanted;
import dev.earshot.gateway.recording.RecordingsUnavailableException;
import dev.earshot.gateway.recording.RowInventory;
import dev.earshot.gateway.recording.WorkLeases;
import dev.earshot.gateway.store.StoreInventory;
import dev.earshot.gateway.store.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** Lets one reconcile run at a time, and says in the log and in metrics what came of it. */
@Startup
@ApplicationScoped
class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final String WORK = "reconcile";
    /** How one ends whose reader left. */
    private static final String CUT_SHORT = "cut-short";
    /** Renewed with each step. A step takes longer only where the store does not answer; then it ends by itself. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final StoreInventory store;
    private final RowInventory rows;
    private final Mending mending;
    private final WorkLeases leases;
    private final ReconcileConfig config;
    private final MeterRegistry meters;

    Reconciler(
            StoreInventory store,
            RowInventory rows,
            Mending mending,
            WorkLeases leases,
            ReconcileConfig config,
            MeterRegistry meters) {
        check(config);
        this.store = store;
        this.rows = rows;
        this.mending = mending;
        this.leases = leases;
        this.config = config;
        this.meters = meters;
    }

    static void check(ReconcileConfig config) {
        require(config.safetyAge().toMillis() > 0, "safety-age must be more than 0");
        require(config.pageSize() >= 1 && config.pageSize() <= 1000, "page-size must be from 1 to 1000");
        require(config.maxUnknown() >= 0, "max-unknown must be 0 or more");
        require(config.checksAtOnce() > 0, "checks-at-once must be at least 1");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException("The configuration cannot work: earshot.reconcile." + problem);
        }
    }

    /**
     * The right to run, by whose holder it is known.
     *
     * @throws Problem in the Uni: 409 {@code reconcile-running}
     */
    Uni<UUID> begin() {
        UUID holder = UUID.randomUUID();
        return leases.take(WORK, holder, LEASE).map(taken -> {
            if (!taken) {
                throw Problem.of(ProblemType.RECONCILE_RUNNING).retryAfter(LEASE);
            }
            return holder;
        });
    }

    /**
     * The lines; there is no failure, but the last line tells of one. Ends when nobody listens any more.
     *
     * @param told hears how it ended: done, the code in the last line, or cut short by who listened
     */
    Multi<Map<String, Object>> run(UUID holder, Wanted wanted, BiConsumer<String, Tally> told) {
        Reconciliation run = new Reconciliation(store, rows, mending, config, wanted, () -> keep(holder), this::count);
        LOG.infof("Reconcile of %s begins%s", subject(wanted), wanted.fix() ? " and mends" : "");
        AtomicReference<String> outcome = new AtomicReference<>(CUT_SHORT);
        return run.lines()
                .onCompletion()
                .invoke(() -> outcome.set(Administered.DONE))
                .onFailure()
                .recoverWithItem(failure -> {
                    Map<String, Object> line = failed(failure);
                    outcome.set(String.valueOf(line.get("code")));
                    return line;
                })
                .onTermination()
                .invoke(() -> told.accept(outcome.get(), run.tally()))
                .onTermination()
                .call(() -> ended(holder, wanted, run.tally()));
    }

    private Uni<Void> keep(UUID holder) {
        return leases.take(WORK, holder, LEASE)
                .invoke(kept -> {
                    if (!kept) {
                        throw new OvertakenException();
                    }
                })
                .replaceWithVoid();
    }

    private void count(Finding finding) {
        meters.counter(
                        "earshot.reconcile.findings",
                        "flaw",
                        finding.flaw().code(),
                        "action",
                        finding.action().code())
                .increment();
    }

    private Uni<Void> ended(UUID holder, Wanted wanted, Tally tally) {
        LOG.infof(
                "Reconcile of %s ends with %d findings: %s, %s",
                subject(wanted), tally.findings(), tally.flaws(), tally.actions());
        return leases.giveBack(WORK, holder).onFailure().recoverWithNull();
    }

    private static String subject(Wanted wanted) {
        return wanted.tenant().map(tenant -> "tenant " + tenant.value()).orElse("all tenants");
    }

    private static Map<String, Object> failed(Throwable failure) {
        if (Reconciliation.isCausedBy(failure, StoreUnavailableException.class)) {
            LOG.warnf("Reconcile: the store does not answer: %s", failure.getCause());
            return Lines.failed(ProblemType.STORE_UNAVAILABLE.code(), "the store does not answer; run it again");
        }
        if (Reconciliation.isCausedBy(failure, RecordingsUnavailableException.class)) {
            LOG.warnf("Reconcile: the database does not answer: %s", failure.getCause());
            return Lines.failed(ProblemType.DATABASE_UNAVAILABLE.code(), "the database does not answer; run it again");
        }
        if (failure instanceof OvertakenException) {
            return Lines.failed(
                    ProblemType.RECONCILE_RUNNING.code(), "another one has begun, since this one stood still");
        }
        if (failure instanceof MergeWalk.UnsortedException) {
            LOG.error("Reconcile: the store does not list its objects in the order of their keys' bytes");
            return Lines.failed("unsorted", "the store does not list in the order of bytes; nothing can be compared");
        }
        LOG.error("Reconcile ended by a fault of ours", failure);
        return Lines.failed(ProblemType.INTERNAL_ERROR.code(), "see the gateway's log");
    }

    /** The time was over before a step was, and somebody else began. */
    private static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
