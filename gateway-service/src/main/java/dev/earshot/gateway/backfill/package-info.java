/**
 * An operator asks for a backfill and reads how far it is.
 *
 * <p>Actors: {@code ./earshot admin backfill}, or whoever has the role {@code earshot:operator}. Invariants: asking only writes
 * a row; everything else happens in {@link dev.earshot.gateway.discovery}.
 */
@NullMarked
package dev.earshot.gateway.backfill;

import org.jspecify.annotations.NullMarked;
