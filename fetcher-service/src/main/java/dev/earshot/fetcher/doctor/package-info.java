/**
 * Whether the fetcher's configuration leads to what is really there: {@code ./earshot doctor}, and the init container of its pods.
 *
 * <p>Runs without Quarkus, from the same jars and the same sources of configuration as the fetcher, and with the fetcher's own
 * code where that needs no container. Invariants: one small object is written that is no recording's; nothing is fetched; nothing
 * secret is printed.
 */
@NullMarked
package dev.earshot.fetcher.doctor;

import org.jspecify.annotations.NullMarked;
