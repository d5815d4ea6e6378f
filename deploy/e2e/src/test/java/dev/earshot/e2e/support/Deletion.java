package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Simulator.Recorded;

/**
 * Deletes a recording as the gateway's own transition does. The HTTP API cannot yet, and what a late message does to a
 * tombstone must hold before it can: so the row is brought there by hand, and all that follows (purge, announcement,
 * answers) is the services' own. To be replaced by a DELETE as soon as there is one.
 */
public final class Deletion {
    /** Column by column what Transitions.delete writes: fetch, object and facts cleared, purge and announcement due. */
    private static final String DELETE = """
            update recording set state = 'DELETED', changed_at = clock_timestamp(), revision = revision + 1,
                fetch_due_at = null, published_at = null, not_before = null, reason = null, failed_for_good = false,
                claimable_at = null, failing_since = null,
                object_bucket = null, object_key = null, object_size_bytes = null, object_sha256 = null,
                object_etag = null, object_content_type = null, object_channels = null, duration_millis = null,
                ready_at = null,
                started_at = null, duration_seconds = null, channels = null, traceparent = null,
                purge_generation = 2147483647, purge_due_at = clock_timestamp(),
                announce_due_at = greatest(announce_leased_until, clock_timestamp())
            where tenant = ? and recording_sid = ? and state <> 'DELETED'""";

    private Deletion() {}

    public static void of(Recorded recorded) {
        assertThat(Database.local().update(DELETE, recorded.tenant(), recorded.recordingSid()))
                .as("rows deleted")
                .isEqualTo(1);
    }
}
