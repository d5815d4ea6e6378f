/**
 * Listening: from a request for a SID to the recording's bytes, or to an honest answer why not.
 *
 * <p>Actors: a listener's player; {@link dev.earshot.gateway.recording.Recordings} says what the recording is;
 * {@link dev.earshot.gateway.playback.AudioStore} is the port to the bytes.
 *
 * <p>Invariants: the order of checking is the README's table of statuses; {@code Content-Length} is exact; a byte is read from the
 * store only when the listener's connection takes it; once the head is sent a failure resets the connection and never
 * ends it cleanly short; no database session is open while bytes flow.
 */
@NullMarked
package dev.earshot.gateway.playback;

import org.jspecify.annotations.NullMarked;
