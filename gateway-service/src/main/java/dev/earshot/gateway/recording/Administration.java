package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What administrators see and do: failures by their reason, those fetched again, and what is stored. A scope without a tenant is all
 * tenants.
 *
 * <p>Failures: {@link RecordingsUnavailableException}, also where there is more to count than the database can within
 * {@code earshot.database.timeout}.
 */
public interface Administration {
    /** What has failed or is being tried again, by reason and by whether that is for good; most failed first. */
    Uni<List<Failures>> failures(Optional<Tenant> scope);

    /**
     * Of one reason.
     *
     * @param count how many have failed
     * @param isFinal whether no request starts them again, a redrive aside
     * @param retrying how many more are waiting for another try after it
     * @param oldest when the first of them all got there
     * @param newest when the last one did
     */
    record Failures(FailureReason reason, long count, boolean isFinal, long retrying, Instant oldest, Instant newest) {}

    /** Some of the newest of each reason, as {@link #failures} tells them apart. */
    Uni<List<Example>> examples(Optional<Tenant> scope, int ofEach);

    /** One that has failed, or is being tried again. */
    record Example(FailureReason reason, boolean isFinal, RecordingKey key, Instant since) {}

    /**
     * Has failed recordings fetched again: marks them Waiting in the bulk lane, the longest failed first, whatever their cool-down.
     * What somebody else claims meanwhile is left to him, and so is what has failed otherwise since.
     */
    Uni<Redriven> redrive(Redrive wanted);

    /**
     * Which ones.
     *
     * @param scope a tenant's; empty for everybody's, which needs {@code anyAge}, for each tenant has its own window
     * @param anyAge those too that are older than the tenant's playback window
     * @param sids those alone; empty for any
     * @param from they began then or later
     * @param to they began before
     * @param includeFinal those too that failed for good
     * @param atMost how many
     * @param dryRun count them only
     */
    record Redrive(
            Optional<Tenant> scope,
            boolean anyAge,
            Optional<FailureReason> reason,
            List<RecordingSid> sids,
            Optional<Instant> from,
            Optional<Instant> to,
            boolean includeFinal,
            int atMost,
            boolean dryRun,
            Optional<String> traceparent) {
        /** The same within this scope. */
        public Redrive in(Optional<Tenant> other, boolean whateverAge) {
            return new Redrive(other, whateverAge, reason, sids, from, to, includeFinal, atMost, dryRun, traceparent);
        }
    }

    /**
     * What became of it.
     *
     * @param matched how many there were, beyond the limit too
     * @param redriven how many were marked
     */
    record Redriven(long matched, long redriven) {}

    /** What is stored now, and what of it came on each of the last days. */
    Uni<Storage> storage(Optional<Tenant> scope, int days);

    /**
     * What is stored.
     *
     * @param states how many recordings are in each state; what is deleted is not counted
     * @param days oldest first, today last, none left out
     */
    record Storage(Map<PageQuery.State, Long> states, long bytes, List<Day> days) {
        /** How many are stored. */
        public long recordings() {
            return in(PageQuery.State.READY);
        }

        /** How many are in this state. */
        public long in(PageQuery.State state) {
            return states.getOrDefault(state, 0L);
        }
    }

    /** What became ready on one day of UTC and is stored still. */
    record Day(LocalDate date, long recordings, long bytes) {}
}
