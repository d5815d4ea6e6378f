package dev.earshot.gateway.administration;

import dev.earshot.gateway.retention.TenantPurge.Purged;

/**
 * What a purge did so far.
 *
 * @param deleted how many recordings this request deleted; none in a dry run
 * @param remaining how many there are still: ask again until there are none
 * @param pending how many announcements and purges of the store are still to be done, of any tenant; above
 *     earshot.retention.max-pending nothing more is deleted
 */
public record PurgeView(String tenant, long deleted, long remaining, long pending, boolean dryRun, int limit) {
    static PurgeView of(String tenant, Purged purged, boolean dryRun, int limit) {
        return new PurgeView(tenant, purged.deleted(), purged.remaining(), purged.pending(), dryRun, limit);
    }
}
