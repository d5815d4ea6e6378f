/**
 * Compares the object store with the rows: finds objects that no row stands for, and rows whose object is missing or of another
 * size; says so, and mends it if it was told to.
 *
 * <p>Actors: an operator, by {@code POST /api/admin/reconcile} or {@code ./earshot admin reconcile}, who listens for as long as
 * it runs; when the operator leaves, it ends.
 *
 * <p>Invariants: both sides are walked once in the same order, page by page, so that memory does not grow with their number;
 * whatever the walk suspects is looked at again, row and object, before it is told or mended; what is not under a key of
 * ours is never touched; one reconcile runs at a time over all replicas.
 */
@NullMarked
package dev.earshot.gateway.reconcile;

import org.jspecify.annotations.NullMarked;
