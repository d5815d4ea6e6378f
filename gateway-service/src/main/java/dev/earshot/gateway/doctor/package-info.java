/**
 * Whether the gateway's configuration leads to what is really there: {@code ./earshot doctor}, and the init container of its pods.
 *
 * <p>Runs without Quarkus, from the same jars and the same sources of configuration as the gateway, and with the gateway's own
 * code where that needs no container. Invariants: nothing is written but a NOTIFY that nobody else hears and a webhook that registers nothing;
 * nothing secret is printed.
 */
@NullMarked
package dev.earshot.gateway.doctor;

import org.jspecify.annotations.NullMarked;
