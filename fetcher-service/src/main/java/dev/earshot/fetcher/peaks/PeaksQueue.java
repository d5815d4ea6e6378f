package dev.earshot.fetcher.peaks;

import dev.earshot.events.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Who is computed next: a few at a time, listeners before prefetch, the oldest first. What the queue cannot hold is
 * skipped at once, prefetch before listeners and the youngest first. Thread-safe.
 */
final class PeaksQueue {
    /** One recording's turn. */
    interface Entry {
        Lane lane();

        /** Computes, on one of the queue's threads. Never fails. */
        void run();

        /** Will never be run. On anybody's thread. */
        void skip();
    }

    private final int most;
    private final Executor threads;
    private final List<Entry> waiting = new ArrayList<>();
    private int idle;

    /**
     * @param concurrency how many run at the same time, at least 1
     * @param most how many wait
     * @param threads where they run
     */
    PeaksQueue(int concurrency, int most, Executor threads) {
        this.idle = concurrency;
        this.most = most;
        this.threads = threads;
    }

    void enter(Entry entry) {
        place(entry).ifPresent(Entry::skip);
    }

    /** @return whether it waited; then it is skipped and will not run */
    boolean leave(Entry entry) {
        boolean waited = remove(entry);
        if (waited) {
            entry.skip();
        }
        return waited;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized boolean remove(Entry entry) {
        return waiting.remove(entry);
    }

    /** @return who has no place */
    private synchronized Optional<Entry> place(Entry entry) {
        if (idle > 0) {
            idle--;
            threads.execute(() -> runFrom(entry));
            return Optional.empty();
        }
        waiting.add(entry);
        if (waiting.size() <= most) {
            return Optional.empty();
        }
        Entry least = youngestBulk().orElse(entry);
        waiting.remove(least);
        return Optional.of(least);
    }

    private Optional<Entry> youngestBulk() {
        return waiting.reversed().stream()
                .filter(each -> each.lane() == Lane.BULK)
                .findFirst();
    }

    private void runFrom(Entry first) {
        for (Optional<Entry> entry = Optional.of(first); entry.isPresent(); entry = next()) {
            entry.get().run();
        }
    }

    private synchronized Optional<Entry> next() {
        Optional<Entry> next = waiting.stream()
                .filter(each -> each.lane() == Lane.INTERACTIVE)
                .findFirst()
                .or(() -> waiting.stream().findFirst());
        next.ifPresentOrElse(waiting::remove, () -> idle++);
        return next;
    }
}
