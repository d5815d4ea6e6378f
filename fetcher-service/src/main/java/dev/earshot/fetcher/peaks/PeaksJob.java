package dev.earshot.fetcher.peaks;

import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.events.PeaksRef;
import dev.earshot.fetcher.peaks.PeaksMetrics.Outcome;
import dev.earshot.fetcher.store.AudioToStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One recording's peaks, computed beside its upload:
 *
 * <pre>
 *  idle ─ begin ─▶ waiting ─ a thread is free ─▶ computing ──▶ computed ─ confirmed ─▶ stored
 *                     │                             │              │                     │
 *                     └────── no place, given up, expired, failed, audio gone ───────────┴──▶ none
 * </pre>
 *
 * They are put only beside audio that the store has confirmed, so a fetch that fails leaves none. Never fails.
 */
public final class PeaksJob {
    private final FetchRequested request;
    private final PeaksTools tools;
    private final boolean enabled;
    /** The document; empty if there will be none, which is then counted already. */
    private final CompletableFuture<Optional<String>> computed = new CompletableFuture<>();

    private volatile boolean wanted = true;
    private volatile Optional<Turn> turn = Optional.empty();

    PeaksJob(FetchRequested request, PeaksTools tools, boolean enabled) {
        this.request = request;
        this.tools = tools;
        this.enabled = enabled;
    }

    /**
     * Begins, or asks for a turn.
     *
     * @param audio in the spool
     * @param released told once, when the file is not needed any more
     */
    public void begin(AudioToStore audio, Runnable released) {
        if (!enabled) {
            computed.complete(Optional.empty());
            Infrastructure.getDefaultWorkerPool().execute(released);
            return;
        }
        Turn mine = new Turn(audio, released);
        turn = Optional.of(mine);
        tools.queue().enter(mine);
    }

    /** There is no room for a file that waits. */
    public void skip() {
        if (enabled) {
            tools.metrics().ended(Outcome.SKIPPED);
        }
        computed.complete(Optional.empty());
    }

    /**
     * The store has the audio: the peaks are put beside it as soon as they are computed, whether anybody waits or not.
     *
     * @return where they lie, if they were put within the time that ready waits for them
     */
    public Uni<Optional<PeaksRef>> confirmed() {
        CompletableFuture<Optional<PeaksRef>> put =
                computed.thenCompose(this::put).exceptionally(this::failed);
        // A copy, for what ends the waiting must not end the work.
        return Uni.createFrom()
                .completionStage(put::copy)
                .ifNoItem()
                .after(PeaksTools.atLeastAMoment(tools.patience(request.lane())))
                .recoverWithItem(Optional::empty);
    }

    /** There will be no such audio. */
    public void giveUp() {
        wanted = false;
        turn.ifPresent(tools.queue()::leave);
        var ignored = computed.thenAccept(
                json -> json.ifPresent(unused -> tools.metrics().ended(Outcome.SKIPPED)));
    }

    private CompletionStage<Optional<PeaksRef>> put(Optional<String> json) {
        if (json.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        PeaksRef peaks = new PeaksRef(request.key().peaksKey(request.generation()));
        // A deletion sweeps again after the request's expiry; what came later still would stay.
        Uni<Boolean> put = isExpired()
                ? Uni.createFrom().item(false)
                : tools.shelf().putBeside(request.object(), peaks, json.get());
        return put.map(there -> {
                    tools.metrics().ended(there ? Outcome.STORED : Outcome.SKIPPED);
                    return there ? Optional.of(peaks) : Optional.<PeaksRef>empty();
                })
                .subscribeAsCompletionStage();
    }

    private boolean isExpired() {
        return request.expirytime().isBefore(tools.clock().instant());
    }

    private Optional<PeaksRef> failed(Throwable failure) {
        tools.metrics().ended(Outcome.FAILED);
        PeaksLog.failed(request, failure);
        return Optional.empty();
    }

    /** The part of the job that needs the file. */
    private final class Turn implements PeaksQueue.Entry {
        private final AudioToStore audio;
        private final Runnable released;

        Turn(AudioToStore audio, Runnable released) {
            this.audio = audio;
            this.released = released;
        }

        @Override
        public Lane lane() {
            return request.lane();
        }

        @Override
        public void run() {
            try {
                computed.complete(Optional.of(compute()));
            } catch (UnsupportedAudioException e) {
                none(Outcome.UNSUPPORTED);
            } catch (CancellationException e) {
                none(Outcome.SKIPPED);
            } catch (IOException | RuntimeException | Error e) {
                failed(e);
                computed.complete(Optional.empty());
            } finally {
                released.run();
            }
        }

        @Override
        public void skip() {
            none(Outcome.SKIPPED);
            // Deleting gigabytes takes its time, and this may be an event loop.
            Infrastructure.getDefaultWorkerPool().execute(released);
        }

        private void none(Outcome outcome) {
            tools.metrics().ended(outcome);
            computed.complete(Optional.empty());
        }

        private String compute() throws IOException, UnsupportedAudioException {
            if (!Waveform.isPossible(audio.durationMillis())) {
                throw new UnsupportedAudioException("longer than a waveform can be");
            }
            if (isExpired()) {
                throw new CancellationException("too late");
            }
            Decoder decoder = tools.decoders().of(audio.contentType());
            long since = System.nanoTime();
            String json = decoder.decode(audio, () -> wanted).toJson();
            tools.metrics().computed(audio.contentType(), Duration.ofNanos(System.nanoTime() - since));
            return json;
        }
    }
}
