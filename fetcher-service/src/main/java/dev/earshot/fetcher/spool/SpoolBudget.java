package dev.earshot.fetcher.spool;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that lie in the spool against what it may hold. Thread-safe. */
public final class SpoolBudget {
    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();

    public SpoolBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes the bytes, all or none. */
    public boolean take(long bytes) {
        long before = used.get();
        while (bytes <= limitBytes - before) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /** Gives back what was taken. */
    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    public long usedBytes() {
        return used.get();
    }

    public long limitBytes() {
        return limitBytes;
    }
}
