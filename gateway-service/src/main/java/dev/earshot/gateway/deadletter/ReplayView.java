package dev.earshot.gateway.deadletter;

import dev.earshot.gateway.deadletter.Replaying.Outcome;
import dev.earshot.gateway.deadletter.Replaying.Replayed;

/**
 * What a replay did.
 *
 * @param matched how many letters there were, up to the limit
 * @param replayed how many of them were sent again; none in a dry run
 * @param known how many were before, or are just now
 * @param cut how many cannot be, since there is but their beginning
 * @param refused how many the broker does not take
 * @param complete whether there are no more that match
 */
public record ReplayView(
        long matched, long replayed, long known, long cut, long refused, boolean complete, boolean dryRun) {
    static ReplayView of(Replayed done, boolean dryRun) {
        return new ReplayView(
                done.outcomes().size(),
                done.count(Outcome.REPLAYED),
                done.count(Outcome.KNOWN),
                done.count(Outcome.CUT),
                done.count(Outcome.REFUSED),
                done.complete(),
                dryRun);
    }
}
