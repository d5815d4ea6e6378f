/**
 * What administrators see and do: failures by reason, redrive, what is stored.
 *
 * <p>Actors: the console, {@code ./earshot admin}, whoever has {@code recordings:admin} (in the own tenant) or {@code earshot:operator}
 * (in all). Invariants: nothing here reads or changes another tenant's recordings but for an operator; what is changed is logged with
 * who asked for it.
 */
@NullMarked
package dev.earshot.gateway.administration;

import org.jspecify.annotations.NullMarked;
