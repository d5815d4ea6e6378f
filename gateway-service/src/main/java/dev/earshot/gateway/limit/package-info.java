/**
 * How often a tenant may ask.
 *
 * <p>Actors: every request with credentials passes {@link dev.earshot.gateway.limit.RateLimitFilter} on its way to a
 * resource. Invariants: no tenant's requests are counted against another's; each replica counts by itself; memory is bounded;
 * nothing waits.
 */
@NullMarked
package dev.earshot.gateway.limit;

import org.jspecify.annotations.NullMarked;
