/**
 * What a load balancer and a person may know of this process.
 *
 * <p>Invariants: readiness fails only for start-up, draining and own configuration; a shared dependency that is down
 * appears by name as degraded and takes no replica out, since it would take out all of them; liveness depends on
 * nothing.
 */
@NullMarked
package dev.earshot.gateway.health;

import org.jspecify.annotations.NullMarked;
