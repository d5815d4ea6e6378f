/**
 * {@code ./earshot doctor}: runs the doctors of both services, which are in the services' own packages, and shows what they found.
 *
 * <p>Actors: an operator. Invariants: a doctor sees the environment that it is told, and nothing of the caller's own, whose
 * credentials would hide that some are missing; the fetcher's goes first, and the gateway's must find what that one wrote.
 */
@NullMarked
package dev.earshot.local.doctor;

import org.jspecify.annotations.NullMarked;
