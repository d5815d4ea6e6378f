/** Waveform peaks, on the real store. */
@NullMarked
package dev.earshot.gateway.peaks;

import org.jspecify.annotations.NullMarked;
