/**
 * Looks whether a service's topics are there, and are kept as the contract says.
 *
 * <p>Actors: the doctors of both services, each with its own service's rights. Kafka's client does not leave this package.
 * Invariant: nothing is written or created.
 */
@NullMarked
package dev.earshot.doctor.topics;

import org.jspecify.annotations.NullMarked;
