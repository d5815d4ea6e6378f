package dev.earshot.fetcher.peaks;

import dev.earshot.events.Lane;
import dev.earshot.events.ObjectRef;
import dev.earshot.events.PeaksRef;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;

/**
 * What every job works with.
 *
 * @param patience how long ready waits for the peaks of what nobody listens to yet
 */
record PeaksTools(
        PeaksQueue queue, Decoders decoders, Shelf shelf, PeaksMetrics metrics, Duration patience, Clock clock) {
    /** Whoever has clicked waits for sound, not for a picture. */
    Duration patience(Lane lane) {
        return switch (lane) {
            case INTERACTIVE -> Duration.ZERO;
            case BULK -> patience;
        };
    }

    /** A time-out of none at all is none to the pipelines. */
    static Duration atLeastAMoment(Duration wait) {
        return wait.isPositive() ? wait : Duration.ofMillis(1);
    }

    /** Where peaks are put. */
    interface Shelf {
        /** @return false if the audio is not there, and so nothing was put; or fails */
        Uni<Boolean> putBeside(ObjectRef audio, PeaksRef peaks, String json);
    }
}
