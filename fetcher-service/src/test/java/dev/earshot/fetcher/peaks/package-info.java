/** Waveforms, without a store and without ffmpeg. */
@NullMarked
package dev.earshot.fetcher.peaks;

import org.jspecify.annotations.NullMarked;
