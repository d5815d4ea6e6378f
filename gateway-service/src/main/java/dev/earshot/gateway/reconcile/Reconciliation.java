package dev.earshot.gateway.reconcile;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.RecordingsUnavailableException;
import dev.earshot.gateway.recording.RowInventory;
import dev.earshot.gateway.store.StoreInventory;
import dev.earshot.gateway.store.StoreUnavailableException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run, step by step, as fast as whoever listens takes its lines. */
final class Reconciliation {
    /** What is settled between two renewals of the right to run. */
    private static final int SETTLED_AT_ONCE = 100;
    /** A store or a database that is away for a moment does not end a walk of hours. */
    private static final int RETRIES = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final StoreInventory store;
    private final RowInventory rows;
    private final Mending mending;
    private final ReconcileConfig config;
    private final Wanted wanted;
    private final Supplier<Uni<Void>> keepTheRight;
    private final Consumer<Finding> heard;
    private final MergeWalk walk = new MergeWalk();
    private final Deque<AudioKey> suspects = new ArrayDeque<>();
    /** Empty: nothing is mended. */
    private final Optional<Permits> permits;

    private final Tally tally = new Tally();
    private final long began = System.nanoTime();

    /** What an operator asked for. */
    record Wanted(boolean fix, Optional<Tenant> tenant) {}

    /** @param more whether another step follows */
    private record Step(List<Map<String, Object>> lines, boolean more) {}

    /**
     * @param keepTheRight renews the right to be the one that runs; fails if it is lost
     * @param heard of each finding
     */
    Reconciliation(
            StoreInventory store,
            RowInventory rows,
            Mending mending,
            ReconcileConfig config,
            Wanted wanted,
            Supplier<Uni<Void>> keepTheRight,
            Consumer<Finding> heard) {
        this.store = store;
        this.rows = rows;
        this.mending = mending;
        this.config = config;
        this.wanted = wanted;
        this.permits = wanted.fix() ? Optional.of(new Permits(config.maxUnknown())) : Optional.empty();
        this.keepTheRight = keepTheRight;
        this.heard = heard;
    }

    /** Its lines; fails where it cannot go on. */
    Multi<Map<String, Object>> lines() {
        Multi<Map<String, Object>> steps = Multi.createBy()
                .repeating()
                .uni(this::step)
                .whilst(Step::more)
                .onItem()
                .transformToIterable(Step::lines);
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(Lines.started(wanted.fix(), wanted.tenant())), steps);
    }

    Tally tally() {
        return tally;
    }

    private Uni<Step> step() {
        return keepTheRight.get().chain(() -> suspects.isEmpty() ? walkOn() : settleSome());
    }

    private Uni<Step> walkOn() {
        return objects().chain(this::rows).map(ignored -> {
            walk.advance().forEach(suspects::add);
            return after(List.of(Lines.progress(walk.counts(), tally, walk.lastObject())));
        });
    }

    private Uni<Void> objects() {
        if (!walk.wantsObjects()) {
            return Uni.createFrom().voidItem();
        }
        String prefix = wanted.tenant().map(tenant -> tenant.value() + "/").orElse("");
        return patiently(store.list(prefix, walk.lastObject(), config.pageSize()))
                .invoke(page -> walk.addObjects(page.objects(), page.more()))
                .replaceWithVoid();
    }

    private Uni<Void> rows() {
        if (!walk.wantsRows()) {
            return Uni.createFrom().voidItem();
        }
        return patiently(rows.rows(wanted.tenant(), walk.lastRow(), config.pageSize()))
                .invoke(page -> walk.addRows(page, page.size() == config.pageSize()))
                .replaceWithVoid();
    }

    private Uni<Step> settleSome() {
        List<AudioKey> some = new ArrayList<>();
        while (some.size() < SETTLED_AT_ONCE && !suspects.isEmpty()) {
            some.add(suspects.remove());
        }
        return Multi.createFrom()
                .iterable(some)
                .onItem()
                .transformToUni(suspect -> patiently(mending.settle(suspect, permits)))
                .merge(config.checksAtOnce())
                .collect()
                .asList()
                .map(this::told);
    }

    private Step told(List<Optional<Finding>> settled) {
        List<Map<String, Object>> lines = new ArrayList<>();
        settled.stream().flatMap(Optional::stream).forEach(finding -> {
            tally.add(finding);
            heard.accept(finding);
            lines.add(Lines.finding(finding));
        });
        return after(lines);
    }

    private Step after(List<Map<String, Object>> lines) {
        if (!walk.ended() || !suspects.isEmpty()) {
            return new Step(lines, true);
        }
        List<Map<String, Object>> last = new ArrayList<>(lines);
        last.add(Lines.summary(walk.counts(), tally, Duration.ofNanos(System.nanoTime() - began)));
        return new Step(last, false);
    }

    private static <T> Uni<T> patiently(Uni<T> call) {
        return call.onFailure(Reconciliation::isAway)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(RETRIES);
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof StoreUnavailableException || failure instanceof RecordingsUnavailableException;
    }

    /** What ended it, below what the retries wrapped it in. */
    static <T extends Throwable> boolean isCausedBy(@Nullable Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }
}
