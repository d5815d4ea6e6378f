package dev.earshot.gateway.administration;

import dev.earshot.gateway.recording.Administration.Redriven;

/**
 * What a redrive did.
 *
 * @param matched how many failed recordings there were, beyond the limit too
 * @param redriven how many of them will be fetched again; none in a dry run
 * @param limit how many it would have been at most
 */
public record RedriveView(long matched, long redriven, boolean dryRun, int limit) {
    static RedriveView of(Redriven redriven, boolean dryRun, int limit) {
        return new RedriveView(redriven.matched(), redriven.redriven(), dryRun, limit);
    }
}
