/**
 * What can go wrong with a fetch, classified once.
 *
 * <p>Purpose: {@link dev.earshot.fetcher.failure.Trouble} says what was met, as a value that carries only its own data;
 * {@link dev.earshot.fetcher.failure.FailureTable} turns it into the reason that is announced. It is the failure table
 * of the design, as one switch.
 *
 * <p>Actors: the adapters for Twilio, spool and store raise troubles; the fetch classifies and announces them.
 *
 * <p>Invariants: pure, no CDI; nobody else decides a {@link dev.earshot.events.FailureReason}.
 */
@NullMarked
package dev.earshot.fetcher.failure;

import org.jspecify.annotations.NullMarked;
