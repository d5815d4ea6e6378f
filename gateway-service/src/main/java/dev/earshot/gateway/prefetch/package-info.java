/**
 * Recordings are fetched before anybody listens.
 *
 * <p>Actors: a backend with {@code recordings:write}; an operator, who may have fetched what is older than the tenant's
 * playback window. Invariants: the look-up is by the caller's tenant, and what is foreign answers as what is unknown,
 * without any effect; a request of ten thousand is a few statements and starts no fetch by itself: the bulk lane's places
 * decide how fast.
 */
@NullMarked
package dev.earshot.gateway.prefetch;

import org.jspecify.annotations.NullMarked;
