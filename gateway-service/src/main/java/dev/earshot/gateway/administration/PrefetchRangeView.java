package dev.earshot.gateway.administration;

/**
 * What a prefetch of a span of time did.
 *
 * @param matched how many recordings there were to fetch, beyond the limit too
 * @param accepted how many of them will be fetched because of it; none in a dry run
 * @param limit how many it would have been at most
 */
public record PrefetchRangeView(String tenant, long matched, long accepted, boolean dryRun, int limit) {}
