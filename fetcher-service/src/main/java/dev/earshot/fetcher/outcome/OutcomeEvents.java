package dev.earshot.fetcher.outcome;

import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.PeaksRef;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingReady;
import dev.earshot.fetcher.failure.Verdict;
import dev.earshot.fetcher.fetch.FetchResult;
import dev.earshot.fetcher.store.ConfirmedAudio;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** The event that answers a request. */
final class OutcomeEvents {
    private OutcomeEvents() {}

    static RecordingEvent of(FetchRequested request, FetchResult result, Instant now) {
        return switch (result) {
            case FetchResult.Stored(ConfirmedAudio audio, boolean ignored, Optional<PeaksRef> peaks) ->
                ready(request, audio, peaks);
            case FetchResult.Failed(Verdict verdict) -> failed(request, verdict, now);
        };
    }

    private static RecordingReady ready(FetchRequested request, ConfirmedAudio audio, Optional<PeaksRef> peaks) {
        return new RecordingReady(
                request.tenant(),
                request.accountSid(),
                request.callSid(),
                request.recordingSid(),
                audio.object(),
                audio.durationMillis(),
                audio.channels(),
                peaks,
                audio.fetchedAt(),
                audio.confirmedAt(),
                request.generation(),
                request.attempt());
    }

    private static FetchFailed failed(FetchRequested request, Verdict verdict, Instant now) {
        return new FetchFailed(
                request.tenant(),
                request.accountSid(),
                request.callSid(),
                request.recordingSid(),
                verdict.reason(),
                verdict.counted(),
                verdict.retryAfter().map(OutcomeEvents::seconds).orElse(OptionalInt.empty()),
                verdict.twilioCode(),
                verdict.detail(),
                now,
                request.generation(),
                request.attempt());
    }

    /** Rounded up: a second too early is too early. */
    private static OptionalInt seconds(Duration wait) {
        return OptionalInt.of(Math.toIntExact(wait.plusMillis(999).toSeconds()));
    }
}
