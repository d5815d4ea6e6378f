/**
 * Tests of the promises, from outside: HTTP, Kafka, the store and the simulator's counters, against the packaged
 * services in the local stack.
 */
@NullMarked
package dev.earshot.e2e;

import org.jspecify.annotations.NullMarked;
