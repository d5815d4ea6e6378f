/**
 * Nothing is missed: webhooks get lost and SIP trunks send none, so each account is listed at an interval, and on demand.
 *
 * <p>Actors: a timer, and the gateway's backfills; Twilio's lists; the gateway reads what was seen.
 *
 * <p>Invariants: the mark of an account says how far its list is published, and moves only after the broker has acknowledged a
 * whole page; it lies in the bucket, for this service has no database. Several replicas take turns by it without a lock: two that
 * list at the same time publish the same facts twice, and registering them twice is one registration. A recording that Twilio
 * has not finished holds the mark back until it has.
 */
@NullMarked
package dev.earshot.fetcher.listing;

import org.jspecify.annotations.NullMarked;
