/**
 * Playback tickets: a URL that plays one recording for a while, for {@code <audio src>}, which can send no token.
 *
 * <p>Actors: whoever may listen asks for one; whoever has the URL plays. Invariants: a ticket opens one recording of one
 * tenant on the routes that send its audio, by GET and HEAD, until it expires; it is never written to a log, a metric, a
 * span or an answer other than the one that issues it. It is no record of ours: what it opens is decided by the row at
 * each request, so a delete ends it.
 */
@NullMarked
package dev.earshot.gateway.ticket;

import org.jspecify.annotations.NullMarked;
