package dev.earshot.gateway.retention;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.DueWork;
import dev.earshot.gateway.recording.Expiring;
import dev.earshot.gateway.recording.Expiring.Age;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Deletes everything that a tenant has, a bounded part of it at a time: as retention deletes, so that nothing is left to do but what
 * the sweeper does anyway. What remains is in the rows; whoever asks again goes on.
 */
@ApplicationScoped
public class TenantPurge {
    /** Also what says that it was recorded in the future. */
    private static final Duration ANY_AGE = Duration.ofDays(-36_500);
    /** A caller hears something within this. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Expiring recordings;
    private final DueWork due;
    private final RetentionRoundsConfig config;

    TenantPurge(Expiring recordings, DueWork due, RetentionRoundsConfig config) {
        this.recordings = recordings;
        this.due = due;
        this.config = config;
    }

    /**
     * What was done.
     *
     * @param deleted how many recordings
     * @param remaining how many there are still
     * @param pending how many announcements and purges of the store the sweeper has to do, of any tenant
     */
    public record Purged(long deleted, long remaining, long pending) {}

    /** What there is to delete. */
    public Uni<Purged> look(Tenant tenant) {
        return after(tenant, 0);
    }

    /** Deletes until so many are, or the sweeper has enough to do, or it has taken long. */
    public Uni<Purged> purge(Tenant tenant, int atMost) {
        long deadlineNanos = System.nanoTime() + LONGEST.toNanos();
        AtomicInteger left = new AtomicInteger(atMost);
        return Multi.createBy()
                .repeating()
                .uni(() -> batch(tenant, Math.min(config.batchSize(), left.get())))
                .whilst(deleted -> left.addAndGet(-deleted) > 0 && deleted > 0 && System.nanoTime() < deadlineNanos)
                .collect()
                .with(Collectors.summingLong(Integer::longValue))
                .chain(deleted -> after(tenant, deleted));
    }

    private Uni<Integer> batch(Tenant tenant, int atMost) {
        return due.pending()
                .chain(now -> count(now) > config.maxPending()
                        ? Uni.createFrom().item(0)
                        : recordings.expire(Age.SINCE_CALL, tenant, ANY_AGE, atMost));
    }

    private Uni<Purged> after(Tenant tenant, long deleted) {
        return recordings
                .count(tenant)
                .chain(remaining -> due.pending().map(now -> new Purged(deleted, remaining, count(now))));
    }

    private static long count(DueWork.Pending pending) {
        return pending.announcements() + pending.purges();
    }
}
