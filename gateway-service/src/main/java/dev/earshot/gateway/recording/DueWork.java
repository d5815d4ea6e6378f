package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the one timer says is due. Every method leases rows with {@code for update skip locked} and commits before it
 * answers, so that replicas share the work and nothing is held while Kafka or the object store is called. What is not
 * done when its lease ends comes again. Units: rows.
 */
public interface DueWork {
    /** Starts the next attempt of rows Waiting in lane interactive whose time has come. */
    Uni<List<Claim>> startInteractive(int atMost);

    /** Starts bulk fetches in the order of their priority, as long as fewer than this many are running anywhere. */
    Uni<List<Claim>> startBulk(int inFlight);

    /** Claims whose publishing nobody acknowledged. */
    Uni<List<Claim>> unpublished(int atMost);

    /**
     * Puts fetches that were silent too long back to Waiting, due at once, and those that have failed for too long to
     * Failed; they are not counted.
     */
    Uni<List<Recording>> silent(int atMost);

    /** Changes that the compacted topic does not know yet. */
    Uni<List<Announcement>> announcements(int atMost);

    /** The broker has acknowledged it; if the row has changed meanwhile, it is due again. */
    Uni<Void> announced(Announcement announcement);

    /** Stored objects that are to go. */
    Uni<List<Purge>> purges(int atMost);

    /** The store has deleted what a listing showed. A tombstone is purged again until a late listing is empty. */
    Uni<Void> purged(Purge purge, boolean nothingFound);

    /** How much is pending, for metrics. */
    Uni<Pending> pending();

    /** One change to announce: the row as it was when it was leased. */
    record Announcement(
            long rowId,
            Recording recording,
            Instant changedAt,
            long revision,
            Optional<String> traceparent,
            Lease lease) {}

    /**
     * How long the work is ours alone, by this process' own clock, which also runs while the process is stopped. It ends no later than
     * the one in the database.
     */
    record Lease(long endsAtNanos) {
        /** One that is asked for now. */
        static Lease of(Duration duration) {
            return new Lease(System.nanoTime() + duration.toNanos());
        }

        public boolean isOver() {
            return System.nanoTime() - endsAtNanos >= 0;
        }
    }

    /**
     * Everything of this recording up to and including a generation goes.
     *
     * @param generations how many generations there have been of what goes
     */
    record Purge(long rowId, RecordingKey key, int upToGeneration, int generations) {}

    /**
     * @param announcements rows not announced yet
     * @param oldestAnnouncementSeconds since when the oldest of them is as it is
     * @param purges rows not purged yet
     * @param oldestPurgeSeconds since when the oldest of them could have been
     * @param lagSeconds by how much the most overdue row is late
     * @param promises recordings that somebody was promised and that are not ready yet
     * @param oldestPromiseSeconds since when the oldest of them was promised
     */
    record Pending(
            long announcements,
            double oldestAnnouncementSeconds,
            long purges,
            double oldestPurgeSeconds,
            double lagSeconds,
            long promises,
            double oldestPromiseSeconds) {
        /** Before anybody has looked. */
        public static final Pending NOTHING = new Pending(0, 0, 0, 0, 0, 0, 0);
    }
}
