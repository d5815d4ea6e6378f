/**
 * Asking for fetches and hearing what became of them.
 *
 * <p>Actors: a claim hands over a request to publish; the fetcher's outcomes arrive; the sweeper repeats what was not
 * acknowledged and starts what is due.
 *
 * <p>Invariants: the sweeper over {@code wake_at} is the only retry mechanism; outcomes are taken in concurrently, a
 * bounded number at a time and each recording's in order; an outcome's offset is committed only after its effect and those
 * before it; infrastructure errors are retried in place, faults of ours a few times; only what can never be processed goes
 * to the dead letters.
 */
@NullMarked
package dev.earshot.gateway.fetch;

import org.jspecify.annotations.NullMarked;
