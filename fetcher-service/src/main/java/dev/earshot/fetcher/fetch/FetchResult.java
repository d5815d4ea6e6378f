package dev.earshot.fetcher.fetch;

import dev.earshot.fetcher.failure.Verdict;
import dev.earshot.fetcher.store.ConfirmedAudio;

/** How a fetch ended. */
public sealed interface FetchResult {
    /**
     * The object is there.
     *
     * @param audio what was confirmed
     * @param downloaded whether this fetch downloaded it; false if it lay there already
     */
    record Stored(ConfirmedAudio audio, boolean downloaded) implements FetchResult {}

    /** It is not. */
    record Failed(Verdict verdict) implements FetchResult {}
}
