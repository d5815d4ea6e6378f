/**
 * Who is asking: the bearer token or the ticket as a validated value.
 *
 * <p>Actors: every resource of the API. Invariants: the tenant comes from the token's claim, never from a header or a
 * parameter; any doubt about it denies.
 */
@NullMarked
package dev.earshot.gateway.caller;

import org.jspecify.annotations.NullMarked;
