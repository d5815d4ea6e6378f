package dev.earshot.gateway.reconcile;

import dev.earshot.gateway.reconcile.Finding.Action;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.RowInventory;
import dev.earshot.gateway.recording.RowInventory.Expected;
import dev.earshot.gateway.recording.RowInventory.Seen;
import dev.earshot.gateway.store.StoreInventory;
import dev.earshot.gateway.store.StoreInventory.Listed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at one suspicion again, the row after the object, and mends what is still wrong. What the walk read is as old as its
 * pages, and rows and objects change meanwhile.
 */
@ApplicationScoped
class Mending {
    private final RowInventory rows;
    private final StoreInventory store;
    private final Recordings recordings;
    private final Duration safetyAge;

    Mending(RowInventory rows, StoreInventory store, Recordings recordings, ReconcileConfig config) {
        this.rows = rows;
        this.store = store;
        this.recordings = recordings;
        this.safetyAge = config.safetyAge();
    }

    /**
     * Empty if nothing is wrong any more.
     *
     * @param fix what may be mended; empty to tell only
     */
    Uni<Optional<Finding>> settle(AudioKey suspect, Optional<Permits> fix) {
        return switch (suspect.part()) {
            case AUDIO -> settleAudio(suspect, fix);
            case PEAKS -> settlePeaks(suspect, fix);
        };
    }

    /** The audio is looked for last: it is stored before its peaks and deleted before them. */
    private Uni<Optional<Finding>> settlePeaks(AudioKey suspect, Optional<Permits> fix) {
        return store.look(suspect.text())
                .chain(peaks -> store.look(suspect.audio().text())
                        .chain(audio -> peaks.isEmpty() || audio.isPresent()
                                ? Uni.createFrom().item(Optional.empty())
                                : leftOver(suspect, peaks.get(), fix)));
    }

    private Uni<Optional<Finding>> leftOver(AudioKey peaks, Listed listed, Optional<Permits> fix) {
        Uni<Action> action = fix.isPresent()
                ? rows.row(peaks.recording())
                        .chain(seen -> isTooYoung(listed, seen) ? done(Action.TOO_YOUNG) : delete(peaks))
                : done(Action.REPORTED);
        return action.map(
                taken -> Optional.of(new Finding(Flaw.PEAKS_WITHOUT_AUDIO, peaks, Optional.of(listed), taken)));
    }

    private Uni<Optional<Finding>> settleAudio(AudioKey suspect, Optional<Permits> fix) {
        return store.look(suspect.text())
                .chain(listed -> rows.row(suspect.recording())
                        .chain(seen -> listed.map(object -> present(suspect, object, seen, fix))
                                .orElseGet(() -> missing(suspect, seen, fix))));
    }

    private Uni<Optional<Finding>> present(AudioKey suspect, Listed listed, Seen seen, Optional<Permits> fix) {
        Optional<Flaw> flaw = Flaw.of(suspect.generation(), listed.sizeBytes(), seen.row());
        if (flaw.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Uni<Action> action = fix.map(permits -> mend(flaw.get(), suspect, listed, seen, permits))
                .orElseGet(() -> done(Action.REPORTED));
        return action.map(taken -> Optional.of(new Finding(flaw.get(), suspect, Optional.of(listed), taken)));
    }

    private Uni<Action> mend(Flaw flaw, AudioKey suspect, Listed listed, Seen seen, Permits permits) {
        if (flaw == Flaw.SIZE_DIFFERS) {
            return fetchAnew(suspect);
        }
        if (!flaw.isLeftover()) {
            return done(Action.LEFT);
        }
        if (isTooYoung(listed, seen)) {
            return done(Action.TOO_YOUNG);
        }
        return permits.take(flaw) ? delete(suspect) : done(Action.BREAKER_OPEN);
    }

    private boolean isTooYoung(Listed listed, Seen seen) {
        return listed.lastModified().isAfter(seen.readAt().minus(safetyAge));
    }

    /** What lies beside the audio is of no use without it. */
    private Uni<Action> delete(AudioKey suspect) {
        return store.delete(suspect.text())
                .chain(() -> store.delete(suspect.peaks().text()))
                .replaceWith(Action.DELETED);
    }

    /** Missed by the walk and by the look just now; the third look is after the row's, which still says that it is there. */
    private Uni<Optional<Finding>> missing(AudioKey suspect, Seen seen, Optional<Permits> fix) {
        boolean promised = seen.row()
                .filter(row -> row.expected() == Expected.READY && row.generation() == suspect.generation())
                .isPresent();
        if (!promised) {
            return Uni.createFrom().item(Optional.empty());
        }
        return store.look(suspect.text())
                .chain(listed -> listed.isPresent()
                        ? Uni.createFrom().item(Optional.empty())
                        : (fix.isPresent() ? fetchAnew(suspect) : done(Action.REPORTED))
                                .map(taken -> Optional.of(
                                        new Finding(Flaw.ROW_WITHOUT_OBJECT, suspect, Optional.empty(), taken))));
    }

    /** As if a listener had missed it: its breaker guards us too. */
    private Uni<Action> fetchAnew(AudioKey suspect) {
        return recordings
                .vanished(suspect.recording(), suspect.generation(), Optional.empty())
                .map(now -> now.isPresent() ? Action.FETCHED_ANEW : Action.BREAKER_OPEN);
    }

    private static Uni<Action> done(Action action) {
        return Uni.createFrom().item(action);
    }
}
