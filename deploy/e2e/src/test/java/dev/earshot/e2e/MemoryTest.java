package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Crowd;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.RawStream;
import dev.earshot.e2e.support.RunningService;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import io.restassured.response.Response;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Promise 5: memory does not grow with the size of a recording or the slowness of a listener. Both services have a heap
 * of 256 MB that is resident from their start, so that what the operating system sees grow is not the heap; what is live
 * in the heap is asked of the JVM and added.
 */
@Isolated("measures memory and restarts services")
@ExtendWith(Oracle.class)
class MemoryTest {
    private static final long MB = 1_000_000;
    private static final int LISTENERS = 100;
    private static final int SLOW_BYTES_PER_SECOND = 10_000;
    /** A phone on a bad line: the operating system takes little for it. */
    private static final int SMALL_RECEIVE_BUFFER = 4096;

    private static final int A_FEW = 4;
    private static final int WARM_BYTES = 2_000_000;
    /** Longer than any buffer between store and listener, and than a listener of these tests stays. */
    private static final int LONG_CALL_SECONDS = 16_000;

    private static final Map<String, Recorded> HUGE = new ConcurrentHashMap<>();

    @BeforeAll
    static void littleMemory() {
        String[] heap = {"-Xmx256m", "-Xms256m", "-XX:+AlwaysPreTouch"};
        Stack.running().restart("gateway", Start.normally().jvm(heap));
        Stack.running().restart("fetcher", Start.normally().jvm(heap).with("earshot.fetch.max-size", "5G"));
    }

    @AfterAll
    static void normally() {
        HUGE.values().forEach(recorded -> Bucket.local().delete(key(recorded)));
        Stack.running().service("gateway", "restart");
        Stack.running().service("fetcher", "restart");
    }

    @Test
    void a_recording_that_is_larger_than_both_heaps_is_fetched_and_played_to_its_last_byte() {
        isFetchedAndPlayed("acme", Simulator.options().put("behaviour", "huge").put("gigabytes", 0.6));
    }

    @Tag("long")
    @Test
    void a_recording_of_more_than_two_gigabytes_is_fetched_and_played_to_its_last_byte() {
        isFetchedAndPlayed("acme", Simulator.options().put("behaviour", "huge").put("gigabytes", 2.2));
    }

    /** Six hours of two voices are 0.7 GB; this is beyond what 32 bits count. */
    @Tag("long")
    @Test
    void a_recording_of_more_than_four_gibibytes_is_fetched_and_played_to_its_last_byte() {
        isFetchedAndPlayed(
                "globex",
                Simulator.options()
                        .put("behaviour", "huge")
                        .put("gigabytes", 4.4)
                        .put("channels", 2));
    }

    private static void isFetchedAndPlayed(String tenant, ObjectNode options) {
        Listener listener = Listener.of(tenant);
        Recorded small = Simulator.record(tenant, Simulator.options().put("seconds", LONG_CALL_SECONDS));
        becomesReady(listener, small);
        play(listener, small);
        Map<String, Long> before = peaks();
        Recorded huge = Simulator.record(tenant, options);
        HUGE.put(huge.recordingSid(), huge);

        long clicked = System.nanoTime();
        becomesReady(listener, huge);
        Duration fetched = Duration.ofNanos(System.nanoTime() - clicked);
        String played = play(listener, huge);
        Duration all = Duration.ofNanos(System.nanoTime() - clicked);

        assertThat(played).isEqualTo(huge.sha256());
        hasTheRangesAround(listener, huge, 1L << 31, 1L << 32, huge.sizeBytes() - 1);
        Map<String, Long> after = peaks();
        System.out.printf(
                "%d bytes: ready after %d s, played after %d s; peak RSS before %s, after %s%n",
                huge.sizeBytes(), fetched.toSeconds(), all.toSeconds(), before, after);
        assertThat(after)
                .allSatisfy((service, peak) -> assertThat(peak - before.getOrDefault(service, 0L))
                        .as(service)
                        .isLessThan(40 * MB));
    }

    private static void becomesReady(Listener listener, Recorded recorded) {
        listener.request().header("Range", "bytes=0-0").get("/api/recordings/{sid}/stream", recorded.recordingSid());
        within(
                Duration.ofMinutes(5),
                () -> assertThat(listener.info(recorded.recordingSid())
                                .path("state")
                                .toString())
                        .isEqualTo("ready"));
    }

    private static String play(Listener listener, Recorded recorded) {
        try {
            HttpResponse<InputStream> answer = Http.CLIENT.send(
                    HttpRequest.newBuilder(URI.create(Stack.running().gatewayUrl() + "/api/recordings/"
                                    + recorded.recordingSid() + "/stream"))
                            .header("Authorization", "Bearer " + listener.token())
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(recorded.sizeBytes());
            return Listener.sha256(answer.body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void hasTheRangesAround(Listener listener, Recorded recorded, long... positions) {
        long size = recorded.sizeBytes();
        for (long position : positions) {
            if (position >= size) {
                continue;
            }
            long first = position - 5;
            long last = Math.min(position + 4, size - 1);
            Response part = listener.request()
                    .header("Range", "bytes=" + first + "-" + last)
                    .get("/api/recordings/{sid}/stream", recorded.recordingSid());
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/" + size);
            assertThat(part.asByteArray()).isEqualTo(Bucket.local().read(key(recorded), first, last));
        }
    }

    private static Map<String, Long> peaks() {
        return java.util.stream.Stream.of("gateway", "fetcher")
                .collect(Collectors.toMap(
                        name -> name, name -> RunningService.of(name).peakResidentBytes(), Long::max, TreeMap::new));
    }

    @Tag("long")
    @Test
    void a_hundred_slow_listeners_add_less_than_20_MB() {
        addsLessThan20MB(60);
    }

    /**
     * As many streams come first, but one after the other, and then a few slow ones: code is loaded and compiled, and buffers are
     * pooled for a few. What is measured is what a hundred at once and their slowness add to that. The kernel's own buffers
     * of 200 sockets belong to no process and are not in it.
     */
    private static void addsLessThan20MB(int seconds) {
        Listener listener = Listener.of("acme");
        Recorded recorded = Simulator.record("acme", Simulator.options().put("seconds", LONG_CALL_SECONDS));
        becomesReady(listener, recorded);
        RunningService gateway = RunningService.of("gateway");
        oneAfterTheOther(listener, recorded);
        listen(listener, recorded, A_FEW, 2);
        long heap = gateway.liveHeapBytes();
        gateway.forgetPeak();
        long resident = gateway.residentBytes();

        long liveHeap = listen(listener, recorded, LISTENERS, seconds);

        long residentMore = gateway.peakResidentBytes() - resident;
        long heapMore = liveHeap - heap;
        System.out.printf(
                "%d listeners at %d B/s for %d s: RSS %d + %d, live heap %d + %d%n",
                LISTENERS, SLOW_BYTES_PER_SECOND, seconds, resident, residentMore, heap, heapMore);
        assertThat(residentMore + heapMore).isLessThan(20 * MB);
    }

    private static void oneAfterTheOther(Listener listener, Recorded recorded) {
        for (int i = 0; i < LISTENERS; i++) {
            try (RawStream stream = RawStream.open(listener, recorded.recordingSid(), "", 0)) {
                stream.read(WARM_BYTES);
            }
        }
    }

    /** @return what is live in the gateway's heap while they listen */
    private static long listen(Listener listener, Recorded recorded, int listeners, int seconds) {
        long live;
        try (Crowd crowd =
                new Crowd(listener, recorded.recordingSid(), listeners, SLOW_BYTES_PER_SECOND, SMALL_RECEIVE_BUFFER)) {
            within(
                    Duration.ofSeconds(seconds).plusMinutes(1),
                    () -> assertThat(crowd.leastBytes())
                            .isGreaterThan((long) SLOW_BYTES_PER_SECOND * seconds * 9 / 10));
            assertThat(Metrics.gateway().sum("earshot_playback_streams_active")).isEqualTo(listeners);
            live = RunningService.of("gateway").liveHeapBytes();
        }
        eventually(() -> assertThat(Metrics.gateway().sum("earshot_playback_streams_active"))
                .isZero());
        return live;
    }

    private static String key(Recorded recorded) {
        return recorded.tenant() + "/" + recorded.recordingSid() + "/1/audio";
    }
}
