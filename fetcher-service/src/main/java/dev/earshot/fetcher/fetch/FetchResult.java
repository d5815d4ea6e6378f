package dev.earshot.fetcher.fetch;

import dev.earshot.events.PeaksRef;
import dev.earshot.fetcher.failure.Verdict;
import dev.earshot.fetcher.store.ConfirmedAudio;
import java.util.Optional;

/** How a fetch ended. */
public sealed interface FetchResult {
    /**
     * The object is there.
     *
     * @param audio what was confirmed
     * @param downloaded whether this fetch downloaded it; false if it lay there already
     * @param peaks its waveform, if it lay beside it in time
     */
    record Stored(ConfirmedAudio audio, boolean downloaded, Optional<PeaksRef> peaks) implements FetchResult {}

    /** It is not. */
    record Failed(Verdict verdict) implements FetchResult {}
}
