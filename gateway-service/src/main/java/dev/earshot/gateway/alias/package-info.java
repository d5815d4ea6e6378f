/**
 * Paths of other APIs that lead to ours, so that clients which were written for them keep working.
 *
 * <p>Actors: an operator names them; a request for one goes on as a request for the route that it stands for, before anything
 * else has looked at it. Invariants: an alias decides nothing, so whoever may not use the route may not use the alias, and is
 * answered alike; no alias takes a path away from a route of our own.
 */
@NullMarked
package dev.earshot.gateway.alias;

import org.jspecify.annotations.NullMarked;
