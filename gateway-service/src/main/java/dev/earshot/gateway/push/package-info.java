/**
 * Tells clients of every change of state the moment it is committed: Server-Sent Events.
 *
 * <p>Actors: the database's NOTIFY says which recording to look at ({@link dev.earshot.gateway.notify.Changes}); one
 * reader for the whole gateway reads what is watched and has changed, in batches; each stream writes to its connection.
 *
 * <p>Invariants: watch first, then read; all streams that watch one recording share one watch, one read and one encoded
 * event; at most one query runs at a time, so nobody is told an older state after a newer one; a stream costs memory
 * only, and what waits for a slow one is bounded: of each recording the latest state. What is watched is (tenant,
 * recording), so a foreign recording is as unknown as one that nobody has.
 */
@NullMarked
package dev.earshot.gateway.push;

import org.jspecify.annotations.NullMarked;
