package dev.earshot.fetcher.peaks;

import dev.earshot.events.ObjectRef;
import dev.earshot.events.PeaksRef;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;

/**
 * What every job works with.
 *
 * @param patience how long ready waits for the peaks
 */
record PeaksTools(
        PeaksQueue queue, Decoders decoders, Shelf shelf, PeaksMetrics metrics, Duration patience, Clock clock) {
    /** A time-out of none at all is none to the pipelines. */
    Duration atLeastAMoment() {
        return patience.isPositive() ? patience : Duration.ofMillis(1);
    }

    /** Where peaks are put. */
    interface Shelf {
        /** @return false if the audio is not there, and so nothing was put; or fails */
        Uni<Boolean> putBeside(ObjectRef audio, PeaksRef peaks, String json);
    }
}
