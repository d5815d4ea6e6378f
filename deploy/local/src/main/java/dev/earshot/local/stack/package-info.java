/**
 * Starts and stops the whole local stack, and describes it to others in {@code run/stack.json}.
 *
 * <p>Actors: the command line, Ctrl-C or SIGTERM, a part that crashes. Invariants: what was started is stopped in the reverse order, the
 * services first; {@code stack.json} exists only while everything in it is ready; at most one stack runs per home folder (a locked
 * file says so); no child process outlives this one (see {@link dev.earshot.local.stack.Watchdog}).
 */
@NullMarked
package dev.earshot.local.stack;

import org.jspecify.annotations.NullMarked;
