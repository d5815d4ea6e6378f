/**
 * One fetch, from request to confirmed object.
 *
 * <p>Purpose: the order of the steps, who may start when, and what is made of a failure.
 *
 * <p>Actors: the request consumers ask; Twilio, spool, audio and store do the work.
 *
 * <p>Invariants: one object key is worked on once at a time in this process; one account holds at most its own bound
 * of downloads, so a hung account leaves room for all others; a request waits only in its account's short queue and is
 * handed back when that is full; every fetch ends, in confirmed audio or in a verdict, within its total time-out.
 */
@NullMarked
package dev.earshot.fetcher.fetch;

import org.jspecify.annotations.NullMarked;
