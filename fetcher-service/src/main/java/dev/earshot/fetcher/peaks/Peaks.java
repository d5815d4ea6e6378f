package dev.earshot.fetcher.peaks;

import dev.earshot.events.FetchRequested;
import dev.earshot.events.PeaksRef;
import dev.earshot.fetcher.store.S3Peaks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Waveform peaks for each fetch. */
@Startup
@Singleton
public class Peaks {
    private static final Logger LOG = Logger.getLogger(Peaks.class);

    private final boolean enabled;
    private final ExecutorService threads;
    private final Decoders decoders;
    private final S3Peaks store;
    private final PeaksTools tools;

    @Inject
    Peaks(PeaksConfig config, S3Peaks store, PeaksMetrics metrics, MeterRegistry meters, Clock clock) {
        this.enabled = config.enabled();
        this.store = store;
        this.threads = threads(config.concurrency());
        this.decoders = new Decoders(enabled ? ffmpeg(config) : Optional.empty(), config.timeout());
        PeaksQueue queue = new PeaksQueue(config.concurrency(), config.queue(), threads);
        this.tools = new PeaksTools(queue, decoders, store::putBeside, metrics, config.patience(), clock);
        Gauge.builder("earshot_peaks_waiting", queue, PeaksQueue::waiting)
                .description("Recordings that wait for their waveform")
                .register(meters);
    }

    /** Threads of its own: decoding keeps a processor busy for minutes, and others wait for the worker pool's. */
    private static ExecutorService threads(int concurrency) {
        return new ThreadPoolExecutor(
                concurrency,
                concurrency,
                0,
                TimeUnit.SECONDS,
                // Holds no more than the queue starts, which is one task for each thread.
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("peaks-", 0).factory(),
                // At shutdown, when whatever is not done is lost.
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Optional<List<String>> ffmpeg(PeaksConfig config) {
        Optional<List<String>> found = FfmpegProgram.command(
                config.ffmpeg(), Optional.ofNullable(System.getenv("PATH")).orElse(""));
        if (found.isEmpty()) {
            LOG.infof(
                    "MP3 recordings will have no waveform, for there is no program %s: install ffmpeg, or say in"
                            + " earshot.peaks.ffmpeg where it is",
                    config.ffmpeg());
        }
        return found;
    }

    /** The peaks of what this request fetches; nothing happens before its audio is there. */
    public PeaksJob job(FetchRequested request) {
        return new PeaksJob(request, tools, enabled);
    }

    /** What an earlier fetch of the same object left; never fails, and waits no longer than ready may wait for new ones. */
    public Uni<Optional<PeaksRef>> find(FetchRequested request) {
        PeaksRef peaks = new PeaksRef(request.key().peaksKey(request.generation()));
        return (enabled ? store.areThere(peaks) : Uni.createFrom().item(false))
                .ifNoItem()
                .after(PeaksTools.atLeastAMoment(tools.patience()))
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(false)
                .map(there -> there ? Optional.of(peaks) : Optional.empty());
    }

    /** Whatever runs or waits is lost. */
    @PreDestroy
    void close() {
        threads.shutdownNow();
        decoders.close();
    }
}
