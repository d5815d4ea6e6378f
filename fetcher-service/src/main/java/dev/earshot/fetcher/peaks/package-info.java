/**
 * Waveform peaks, computed beside the way to ready.
 *
 * <p>Purpose: a player draws hours of sound without decoding them. The peaks lie beside the audio, one unsigned byte for
 * each bucket of time and each channel.
 *
 * <p>Actors: the fetch hands over validated audio while it lies in the spool, and says whether the store has it; threads
 * of our own compute; the store's adapter puts the result.
 *
 * <p>Invariants: nothing that happens here fails a fetch, or delays it by more than {@code earshot.peaks.wait}; a job ends
 * before the request's expiry, so that no deletion is followed by new peaks for long; decoding streams, and what is held
 * of a recording is its buckets; a job that is lost with its process is not made good: no peaks is a valid answer.
 */
@NullMarked
package dev.earshot.fetcher.peaks;

import org.jspecify.annotations.NullMarked;
