/**
 * Work that comes again and again, on every replica: one round at a time, the next after the one before has ended.
 *
 * <p>Actors: {@code played} writes its notes, {@code retention} looks for what is over. The sweeper has rounds of its own
 * kind. Invariants: a round that fails or hangs does not stop the next; a stop waits for the round that runs, within a
 * bound.
 */
@NullMarked
package dev.earshot.gateway.rounds;

import org.jspecify.annotations.NullMarked;
