/**
 * What could not be processed is looked at, and processed once more.
 *
 * <p>Actors: {@code ./earshot admin dead-letters}, or whoever has the role {@code earshot:operator}. Invariants: Kafka is read on a worker
 * thread, by a consumer without a group, within bounded time and memory; what is sent again is what came, byte for byte, with one
 * header more; nothing is sent twice unless somebody says so.
 */
@NullMarked
package dev.earshot.gateway.deadletter;

import org.jspecify.annotations.NullMarked;
