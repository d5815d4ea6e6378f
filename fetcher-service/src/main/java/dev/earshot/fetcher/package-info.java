/**
 * The fetcher service: downloads recordings from Twilio, confirms them in object storage, announces the outcome.
 *
 * <pre>
 * Kafka ─▶ request ─▶ fetch ─┬─▶ store    is it there already?
 *                            ├─▶ twilio   media into the spool, metadata when the media is missing
 *                            ├─▶ audio    is it audio, how long, how many channels?
 *                            ├─▶ store    put and confirm
 *                            └─▶ outcome  announce, wait for the broker, then commit the request
 * </pre>
 *
 * <p>Invariants: no database; Kafka is the queue and the object store the result, so the process may die at any
 * instruction. Features know each other only in the direction of the arrows; {@code failure} and {@code health} know
 * nobody.
 */
@NullMarked
package dev.earshot.fetcher;

import org.jspecify.annotations.NullMarked;
