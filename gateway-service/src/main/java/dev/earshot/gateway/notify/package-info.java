/**
 * Wakes listeners that wait: PostgreSQL's LISTEN/NOTIFY, and the waiters.
 *
 * <p>Actors: a trigger notifies in the transition's own transaction; every replica listens on one direct connection;
 * requests wait here.
 *
 * <p>Invariants: subscribe first, then read; all waiters on one recording share one subscription and one read; a
 * waiter costs memory only and their number is bounded; while the connection is down or does not echo, and once after
 * it is back, everything waited for is read each second in one query.
 */
@NullMarked
package dev.earshot.gateway.notify;

import org.jspecify.annotations.NullMarked;
