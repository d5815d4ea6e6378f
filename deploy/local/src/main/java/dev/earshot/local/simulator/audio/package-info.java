/**
 * The sound of simulated calls: a few seconds of real speech, repeated to any length, in Twilio's two formats.
 *
 * <p>Nothing here keeps a recording in memory: a {@link CallAudio} is a header and a loop, read at any position, so that a recording of
 * many gigabytes costs no more than a short one. Invariant: the same SID, sample, length and format always give the same bytes, and
 * two SIDs never do.
 */
@NullMarked
package dev.earshot.local.simulator.audio;

import org.jspecify.annotations.NullMarked;
