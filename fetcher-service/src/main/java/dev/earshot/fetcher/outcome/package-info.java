/**
 * What a fetch's end is told to others.
 *
 * <p>Purpose: the events {@code ready} and {@code fetch-failed}, published until the broker has them; one line in the
 * log and one count in the metrics for each.
 *
 * <p>Actors: the request consumers announce; the gateway and anyone else reads the topic.
 *
 * <p>Invariants: an announcement returns only after the broker's ack, so a request's offset can never be committed
 * before its outcome is kept; each request is answered with its own attempt, even where several shared one fetch.
 */
@NullMarked
package dev.earshot.fetcher.outcome;

import org.jspecify.annotations.NullMarked;
