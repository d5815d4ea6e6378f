/**
 * What is kept no longer: audio that nobody played for so many days is evicted, recordings of calls so many days ago are
 * deleted, as each tenant wants it.
 *
 * <p>Actors: a round on every replica. It changes rows by the transitions that a caller's DELETE and a vanished object
 * take too; the sweeper announces each change and purges the store.
 *
 * <p>Invariants: it is off unless somebody switches it on; replicas share the work by {@code skip locked}; it goes on only
 * while what it left to the sweeper is little, so that no listener's retry waits behind a million purges; ages are the
 * database's.
 */
@NullMarked
package dev.earshot.gateway.retention;

import org.jspecify.annotations.NullMarked;
