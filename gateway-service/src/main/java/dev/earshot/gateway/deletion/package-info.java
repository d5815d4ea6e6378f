/**
 * A recording is forgotten on demand.
 *
 * <p>Actors: a backend or a person with {@code recordings:admin}. Invariants: the look-up is by the caller's tenant, and
 * what is foreign answers as what is unknown, without any effect; what follows a deletion (the purge of the store, the
 * event) is the row's own pending work and not this request's; Twilio's copy is never touched.
 */
@NullMarked
package dev.earshot.gateway.deletion;

import org.jspecify.annotations.NullMarked;
