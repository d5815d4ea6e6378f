/**
 * Stopping without breaking what is under way: readiness goes down, waiters are let go, streams get their time and
 * are then reset, so that players resume elsewhere by Range.
 *
 * <p>Invariants: nothing waits longer than {@code earshot.shutdown.drain}.
 */
@NullMarked
package dev.earshot.gateway.shutdown;

import org.jspecify.annotations.NullMarked;
