/**
 * Who listened to what: one event for each request for audio that is there, where {@code earshot.access-audit.enabled}
 * says so.
 *
 * <p>Actors: playback tells when an answer has ended; one thread writes to the topic. Invariants: playing neither waits for
 * the audit nor fails with it; what waits is bounded, what is dropped is counted; when it is off there is no thread and no
 * producer.
 */
@NullMarked
package dev.earshot.gateway.access;

import org.jspecify.annotations.NullMarked;
