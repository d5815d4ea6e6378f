package dev.earshot.gateway.discovery;

import dev.earshot.events.AccountSid;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One backfill as it stands.
 *
 * @param from recordings that were made at this time or later
 * @param to recordings that were made before this time
 * @param state requested, listing, registering, done or failed
 * @param attempt how often the list was asked for
 * @param pages how many pages were listed
 * @param seen how many recordings they have
 * @param counts what became of those that came in so far
 * @param detail why it failed
 */
public record Backfill(
        UUID id,
        AccountSid accountSid,
        Instant from,
        Instant to,
        String state,
        int attempt,
        int pages,
        long seen,
        Counts counts,
        Optional<String> detail,
        Instant createdAt,
        Instant changedAt) {
    /**
     * What became of recordings, each counted once.
     *
     * @param registered were unknown
     * @param known were known, or deleted here
     * @param unassigned are nobody's: of a shared account, or of one that is not configured
     */
    public record Counts(long registered, long known, long unassigned) {}
}
