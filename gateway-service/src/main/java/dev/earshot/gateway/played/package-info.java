/**
 * When each recording was last played: what retention asks before it evicts.
 *
 * <p>Actors: playback tells of each beginning; a round on every replica writes what it was told in one UPDATE.
 *
 * <p>Invariants: telling costs a look into a map and never fails; a recording is written at most once in {@code
 * earshot.last-played.at-most-every}, over all replicas; what was not written yet is lost with the process, and then the
 * recording merely counts as unplayed since the time before.
 */
@NullMarked
package dev.earshot.gateway.played;

import org.jspecify.annotations.NullMarked;
