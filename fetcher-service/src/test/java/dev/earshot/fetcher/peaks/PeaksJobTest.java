package dev.earshot.fetcher.peaks;

import static dev.earshot.fetcher.peaks.Sounds.PCM;
import static dev.earshot.fetcher.peaks.Sounds.steady;
import static dev.earshot.fetcher.peaks.Sounds.wav;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.CallSid;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.events.ObjectRef;
import dev.earshot.events.PeaksRef;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.fetcher.store.AudioToStore;
import dev.earshot.fetcher.system.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeaksJobTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RecordingKey KEY =
            new RecordingKey(new Tenant("acme"), new RecordingSid("RE" + "0a".repeat(16)));

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PeaksMetrics metrics = new PeaksMetrics(meters);
    private final Deque<Runnable> thread = new ArrayDeque<>();
    private final PeaksQueue queue = new PeaksQueue(1, 1, thread::add);
    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private final AtomicInteger released = new AtomicInteger();

    private Uni<Boolean> shelf = Uni.createFrom().item(true);
    private AudioToStore audio;

    @BeforeEach
    void audio() throws IOException {
        audio = Sounds.audio(directory.resolve("a"), wav(PCM, 16, 2, steady(800, 32_767, 0)), "audio/x-wav", 100, 2);
    }

    @Test
    void peaksThatAreThereInTimeAreTold() {
        PeaksJob job = job(LONG, NOW.plusSeconds(60));
        begin(job);
        runAll();

        Optional<PeaksRef> told = await(job);

        assertThat(told).contains(new PeaksRef(KEY.peaksKey(7)));
        assertThat(Drawn.of(stored.getOrDefault(KEY.peaksKey(7), "")).peaks(0)).containsExactly(255, 255);
        assertThat(count("stored")).isEqualTo(1);
        assertThat(meters.get("earshot_peaks_duration").timer().count()).isEqualTo(1);
        assertThat(released).hasValue(1);
    }

    @Test
    void nothingIsPutBeforeTheAudioIsConfirmed() {
        PeaksJob job = job(LONG, NOW.plusSeconds(60));

        begin(job);
        runAll();

        assertThat(stored).isEmpty();
        assertThat(released).hasValue(1);
    }

    @Test
    void peaksThatAreLateAreNotToldAndStoredAllTheSame() throws Exception {
        PeaksJob job = job(Duration.ofMillis(50), NOW.plusSeconds(60));
        begin(job);

        assertThat(await(job)).isEmpty();
        assertThat(released).hasValue(0);

        runAll();
        Await.until("the peaks are stored", () -> stored.containsKey(KEY.peaksKey(7)));
        assertThat(count("stored")).isEqualTo(1);
        assertThat(released).hasValue(1);
    }

    @Test
    void aListenerDoesNotWaitForThem() throws Exception {
        PeaksJob job = new PeaksJob(request(Lane.INTERACTIVE, NOW.plusSeconds(60)), tools(LONG), true);
        begin(job);

        assertThat(await(job)).isEmpty();

        runAll();
        Await.until("the peaks are stored", () -> stored.containsKey(KEY.peaksKey(7)));
    }

    @Test
    void aFetchThatFailsLeavesNone() throws Exception {
        PeaksJob job = job(LONG, NOW.plusSeconds(60));
        begin(job);
        runAll();

        job.giveUp();

        assertThat(stored).isEmpty();
        assertThat(count("skipped")).isEqualTo(1);
        assertThat(count("stored")).isZero();
    }

    @Test
    void aFetchThatFailsTakesItsJobOutOfTheQueue() throws Exception {
        begin(job(LONG, NOW.plusSeconds(60)));
        PeaksJob waiting = job(LONG, NOW.plusSeconds(60));
        begin(waiting);
        assertThat(queue.waiting()).isEqualTo(1);

        waiting.giveUp();

        assertThat(queue.waiting()).isZero();
        assertThat(count("skipped")).isEqualTo(1);
        Await.until("its file is released", () -> released.get() == 1);
    }

    @Test
    void whatFindsNoPlaceIsSkippedAndDelaysNobody() throws Exception {
        for (int i = 0; i < 2; i++) {
            begin(job(LONG, NOW.plusSeconds(60)));
        }
        PeaksJob third = job(LONG, NOW.plusSeconds(60));

        begin(third);

        assertThat(await(third)).isEmpty();
        assertThat(count("skipped")).isEqualTo(1);
        Await.until("its file is released", () -> released.get() == 1);
    }

    @Test
    void withoutRoomThereIsNoneAndNobodyWaits() {
        PeaksJob job = job(LONG, NOW.plusSeconds(60));

        job.skip();

        assertThat(await(job)).isEmpty();
        assertThat(count("skipped")).isEqualTo(1);
        assertThat(thread).isEmpty();
    }

    @Test
    void audioThatIsGoneGetsNone() {
        shelf = Uni.createFrom().item(false);
        PeaksJob job = job(LONG, NOW.plusSeconds(60));
        begin(job);
        runAll();

        assertThat(await(job)).isEmpty();
        assertThat(count("skipped")).isEqualTo(1);
    }

    @Test
    void afterTheRequestsExpiryNothingIsDecodedOrPut() {
        PeaksJob job = job(LONG, NOW.minusSeconds(1));
        begin(job);
        runAll();

        assertThat(await(job)).isEmpty();
        assertThat(stored).isEmpty();
        assertThat(count("skipped")).isEqualTo(1);
        assertThat(meters.find("earshot_peaks_duration").timer()).isNull();
        assertThat(released).hasValue(1);
    }

    @Test
    void aStoreThatFailsIsCountedAndNoFailureOfOurs() {
        shelf = Uni.createFrom().failure(new IllegalStateException("away"));
        PeaksJob job = job(LONG, NOW.plusSeconds(60));
        begin(job);
        runAll();

        assertThat(await(job)).isEmpty();
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void whatNothingDecodesIsUnsupported() throws IOException {
        audio = Sounds.audio(directory.resolve("b"), new byte[10], "audio/mpeg", 100, 1);
        PeaksJob job = job(LONG, NOW.plusSeconds(60));
        begin(job);
        runAll();

        assertThat(await(job)).isEmpty();
        assertThat(count("unsupported")).isEqualTo(1);
        assertThat(released).hasValue(1);
    }

    @Test
    void whatIsLongerThanAWaveformIsUnsupported() throws IOException {
        audio = Sounds.audio(directory.resolve("b"), new byte[10], "audio/x-wav", 36_000_001, 1);
        PeaksJob job = job(LONG, NOW.plusSeconds(60));
        begin(job);
        runAll();

        assertThat(await(job)).isEmpty();
        assertThat(count("unsupported")).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadIsAFailureOfTheWaveformAlone() throws IOException {
        java.nio.file.Files.delete(audio.file());
        PeaksJob job = job(LONG, NOW.plusSeconds(60));
        begin(job);
        runAll();

        assertThat(await(job)).isEmpty();
        assertThat(count("failed")).isEqualTo(1);
        assertThat(released).hasValue(1);
    }

    @Test
    void switchedOffItOnlyLetsTheFileGo() throws Exception {
        PeaksJob job = new PeaksJob(request(Lane.BULK, NOW.plusSeconds(60)), tools(LONG), false);

        begin(job);

        assertThat(await(job)).isEmpty();
        assertThat(thread).isEmpty();
        Await.until("its file is released", () -> released.get() == 1);
    }

    @Test
    void whoeverStopsWaitingDoesNotStopTheWork() throws Exception {
        PeaksJob job = job(LONG, NOW.plusSeconds(60));
        begin(job);
        CompletableFuture<Optional<PeaksRef>> waiting = job.confirmed().subscribeAsCompletionStage();

        boolean ignored = waiting.cancel(true);

        runAll();
        Await.until("the peaks are stored", () -> stored.containsKey(KEY.peaksKey(7)));
    }

    private void begin(PeaksJob job) {
        job.begin(audio, released::incrementAndGet);
    }

    private static Optional<PeaksRef> await(PeaksJob job) {
        return job.confirmed().await().atMost(LONG);
    }

    private PeaksJob job(Duration patience, Instant expirytime) {
        return new PeaksJob(request(Lane.BULK, expirytime), tools(patience), true);
    }

    private PeaksTools tools(Duration patience) {
        return new PeaksTools(
                queue,
                new Decoders(Optional.empty(), LONG),
                (audioRef, peaks, json) -> shelf.invoke(there -> keep(there, peaks, json)),
                metrics,
                patience,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void keep(boolean there, PeaksRef peaks, String json) {
        if (there) {
            stored.put(peaks.key(), json);
        }
    }

    private static FetchRequested request(Lane lane, Instant expirytime) {
        return new FetchRequested(
                KEY.tenant(),
                new AccountSid("AC" + "0a".repeat(16)),
                new CallSid("CA" + "0a".repeat(16)),
                KEY.recordingSid(),
                new ObjectRef("recordings", KEY.objectKey(7)),
                AudioFormat.WAV,
                2,
                7,
                1,
                lane,
                NOW.minusSeconds(3600),
                expirytime);
    }

    private void runAll() {
        while (!thread.isEmpty()) {
            thread.remove().run();
        }
    }

    private double count(String outcome) {
        return meters.get("earshot_peaks").tag("outcome", outcome).counter().count();
    }
}
