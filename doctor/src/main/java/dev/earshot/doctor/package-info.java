/**
 * What the doctors of both services share. A doctor proves, without starting its service, that the service's configuration leads to
 * what is really there, and names the key to change where it does not.
 *
 * <p>Actors: an operator ({@code ./earshot doctor}), and the init container of each pod. Invariants: the configuration is read from the
 * same sources as by the service; every check has an end, and none hides another; nothing secret is printed; nothing is changed
 * but the one small object of {@link dev.earshot.doctor.store.Probe}.
 */
@NullMarked
package dev.earshot.doctor;

import org.jspecify.annotations.NullMarked;
