/**
 * Waveform peaks, as the fetcher stored them beside the audio.
 *
 * <p>Purpose: a player draws a long call without decoding it.
 *
 * <p>Actors: players ask; the store is read by its control calls, and never for a recording that is not the caller's own.
 *
 * <p>Invariants: nothing here has an effect on a recording; the document leaves byte for byte as it is stored, and never
 * more than {@link dev.earshot.gateway.peaks.PeaksStore#LARGEST_BYTES} of it; that there are no peaks is a normal answer.
 */
@NullMarked
package dev.earshot.gateway.peaks;

import org.jspecify.annotations.NullMarked;
