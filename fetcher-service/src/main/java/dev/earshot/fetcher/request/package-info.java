/**
 * Requests from Kafka.
 *
 * <p>Purpose: read, answer, commit; what cannot be read goes to the dead letters with the reason.
 *
 * <p>Actors: the gateway writes requests; the fetch works; the outcome is announced.
 *
 * <p>Invariants: a record is acknowledged only after its outcome, or its dead letter, was acknowledged by the broker, or
 * the dead letter refused by it for good;
 * only unreadable or invalid records become dead letters; how many requests are in hand is bounded, and above it Kafka
 * keeps them.
 */
@NullMarked
package dev.earshot.fetcher.request;

import org.jspecify.annotations.NullMarked;
