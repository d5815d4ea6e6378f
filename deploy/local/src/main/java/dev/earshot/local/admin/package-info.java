/**
 * {@code admin}: what an operator asks a gateway to do, one class for each verb.
 *
 * <p>Actors: an operator at a terminal, a script. Invariants: it speaks to any gateway over its public HTTP API, with a token that
 * has the role {@code earshot:operator}; only where neither is named does it look for the local stack. The exit code tells success.
 */
@NullMarked
package dev.earshot.local.admin;

import org.jspecify.annotations.NullMarked;
