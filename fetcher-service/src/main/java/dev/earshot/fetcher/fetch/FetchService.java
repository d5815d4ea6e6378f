package dev.earshot.fetcher.fetch;

import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.fetcher.failure.FailureTable;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.failure.Verdict;
import dev.earshot.fetcher.fetch.FetchResult.Failed;
import dev.earshot.fetcher.fetch.FetchResult.Stored;
import dev.earshot.fetcher.peaks.Peaks;
import dev.earshot.fetcher.peaks.PeaksJob;
import dev.earshot.fetcher.spool.Spool;
import dev.earshot.fetcher.spool.SpoolFile;
import dev.earshot.fetcher.store.AudioToStore;
import dev.earshot.fetcher.store.ConfirmedAudio;
import dev.earshot.fetcher.store.S3ObjectStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Section 5 of the design: from a request to a confirmed object or a verdict. */
@Singleton
public class FetchService {
    private static final Logger LOG = Logger.getLogger(FetchService.class);

    private final S3ObjectStore store;
    private final Spool spool;
    private final SpoolWatch spoolWatch;
    private final AudioSource source;
    private final Peaks peaks;
    private final RunningFetches running = new RunningFetches();
    private final FailureTable failures;
    private final Duration totalTimeout;
    private final Clock clock;
    private final FetchMetrics metrics;

    @Inject
    FetchService(
            S3ObjectStore store,
            Spool spool,
            SpoolWatch spoolWatch,
            AudioSource source,
            Peaks peaks,
            FetchConfig config,
            FetchMetrics metrics,
            Clock clock) {
        this.store = store;
        this.spool = spool;
        this.spoolWatch = spoolWatch;
        this.source = source;
        this.peaks = peaks;
        this.failures = new FailureTable(config.notReadyWindow());
        this.totalTimeout = config.totalTimeout();
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Fetches, or joins the fetch that makes the same object. Never fails.
     *
     * @param traceparent what the steps of a fetch that begins here belong to
     */
    public Uni<FetchResult> fetch(FetchRequested request, Optional<String> traceparent) {
        return running.join(request.object(), () -> metrics.timed(once(request, traceparent)), () -> promote(request));
    }

    private Uni<FetchResult> once(FetchRequested request, Optional<String> traceparent) {
        AtomicBoolean storing = new AtomicBoolean(true);
        PeaksJob waveform = peaks.job(request);
        return store.find(request.object())
                .invoke(() -> storing.set(false))
                .chain(found -> found.map(FetchService::alreadyThere)
                        .orElseGet(() -> download(request, traceparent, storing, waveform)))
                .ifNoItem()
                .after(totalTimeout)
                .failWith(() -> tookTooLong(storing.get()))
                .onFailure()
                .recoverWithItem(this::failed)
                // Outside the total time: what is stored does not fail any more.
                .chain(result -> withPeaks(request, result, waveform));
    }

    private static Uni<FetchResult> alreadyThere(ConfirmedAudio audio) {
        return Uni.createFrom().item(new Stored(audio, false, Optional.empty()));
    }

    private Uni<FetchResult> download(
            FetchRequested request, Optional<String> traceparent, AtomicBoolean storing, PeaksJob waveform) {
        return Uni.createFrom()
                .item(spool::create)
                .chain(file -> throughSpool(request, traceparent, file, storing, waveform)
                        .onTermination()
                        .call(() -> leave(file)));
    }

    /** On a worker: deleting blocks, and gigabytes take their time. */
    private Uni<Void> leave(SpoolFile file) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(file::close)
                .invoke(spoolWatch::left);
    }

    private Uni<FetchResult> throughSpool(
            FetchRequested request,
            Optional<String> traceparent,
            SpoolFile file,
            AtomicBoolean storing,
            PeaksJob waveform) {
        return source.download(request, file, traceparent)
                .invoke(spoolWatch::works)
                .invoke(audio -> metrics.downloaded(request.format(), audio.sizeBytes()))
                .invoke(() -> storing.set(true))
                .invoke(audio -> draw(waveform, audio, file))
                .chain(audio -> store.store(request.object(), audio, traceparent))
                .<FetchResult>map(confirmed -> new Stored(confirmed, true, Optional.empty()))
                .onFailure()
                .invoke(spoolWatch::met);
    }

    /** Beside the upload; the file stays as long as either needs it, unless downloads need the room. */
    private void draw(PeaksJob waveform, AudioToStore audio, SpoolFile file) {
        if (!spool.isHalfFree()) {
            waveform.skip();
            return;
        }
        SpoolFile.Reader reader = file.read();
        waveform.begin(audio, () -> {
            reader.close();
            spoolWatch.left();
        });
    }

    private Uni<FetchResult> withPeaks(FetchRequested request, FetchResult result, PeaksJob waveform) {
        return switch (result) {
            case Stored(ConfirmedAudio audio, boolean downloaded, var ignored) ->
                (downloaded ? waveform.confirmed() : peaks.find(request))
                        .map(found -> new Stored(audio, downloaded, found));
            case Failed failed -> {
                waveform.giveUp();
                yield Uni.createFrom().item(failed);
            }
        };
    }

    /** The total time is over: whoever had the work then is the one to be named. */
    private TroubleException tookTooLong(boolean storing) {
        String detail = "the fetch took longer than " + totalTimeout.toSeconds() + " s";
        return new TroubleException(storing ? new Trouble.StoreFailed(detail) : new Trouble.TimedOut(detail));
    }

    private FetchResult failed(Throwable failure) {
        if (failure instanceof TroubleException named) {
            return new Failed(failures.classify(named.trouble(), clock.instant()));
        }
        LOG.error("A fetch failed in a way that nobody foresaw", failure);
        Verdict verdict = failures.classify(
                new Trouble.ConnectionFailed("an unexpected error in the fetcher, see its log"), clock.instant());
        return new Failed(verdict);
    }

    private void promote(FetchRequested request) {
        if (request.lane() == Lane.INTERACTIVE) {
            source.promote(request);
        }
    }
}
