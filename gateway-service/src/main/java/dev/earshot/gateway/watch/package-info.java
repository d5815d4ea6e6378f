/**
 * Files that may change while we run: accounts, tenants, keys.
 *
 * <p>Actors: an operator who edits a folder, Kubernetes that swaps a mounted secret, a timer. Invariants: a mistake at
 * start refuses the start; a later one changes nothing, is told once, and shows in a metric until it is mended; readers see
 * one whole state, never half of two.
 */
@NullMarked
package dev.earshot.gateway.watch;

import org.jspecify.annotations.NullMarked;
