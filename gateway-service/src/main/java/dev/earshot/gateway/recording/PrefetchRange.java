package dev.earshot.gateway.recording;

import dev.earshot.events.AccountSid;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which known recordings of a span of time a prefetch would begin to fetch: as {@link Prefetches} does.
 *
 * <p>Failures: {@link RecordingsUnavailableException}.
 */
public interface PrefetchRange {
    /**
     * A span of time.
     *
     * @param account of this one alone
     * @param from they began then or later
     * @param to they began before
     * @param anyAge those too that are older than the tenant's playback window
     */
    record Range(Tenant tenant, Optional<AccountSid> account, Instant from, Instant to, boolean anyAge) {}

    /** How many there are. */
    Uni<Long> count(Range range);

    /** The newest of them. */
    Uni<List<Sid>> choose(Range range, int atMost);
}
