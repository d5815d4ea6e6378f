package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.RawStream;
import dev.earshot.e2e.support.RunningService;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Whoever leaves is forgotten: nothing is read for him any more and nothing of his stays open. */
@Isolated("counts connections")
@ExtendWith(Oracle.class)
@Tag(Oracle.CONNECTIONS)
class LeavingListenersTest {
    /** 40 MB, more than all buffers between store and listener hold. */
    private static final int LONG_CALL_SECONDS = 10_000;

    /** The gateway looks for its bucket now and then. */
    private static final long HEALTH_LOOK_BYTES = 1000;

    private static final int AT_A_TIME = 100;
    /** Kept connections of both services; all but the streams' are of their S3 clients, whose pools hold them longer. */
    private static final int KEPT_STORE_CONNECTIONS = 10;

    private final Listener listener = Listener.of("acme");
    private final Recorded recorded =
            Simulator.record("acme", Simulator.options().put("seconds", LONG_CALL_SECONDS));

    @BeforeEach
    void isReady() {
        listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(
                        listener.info(recorded.recordingSid()).path("state").toString())
                .isEqualTo("ready"));
    }

    @Test
    void within_a_second_of_a_listener_leaving_nothing_more_is_read_from_the_store() {
        long before = fromStore();
        RawStream stream = RawStream.open(listener, recorded.recordingSid(), "", 0);
        stream.read(3_000_000);

        stream.close();
        AtomicLong seen = new AtomicLong();

        // Quiet for half a second, which must have begun within the first one.
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofMillis(1500))
                .during(Duration.ofMillis(500))
                .until(this::fromStore, now -> now - seen.getAndSet(now) < HEALTH_LOOK_BYTES);
        assertThat(fromStore() - before).isLessThan(recorded.sizeBytes());
    }

    @Tag("long")
    @Test
    void five_hundred_aborted_requests_leave_no_connection_behind() throws Exception {
        leaveNothingBehind(500);
    }

    @Tag("long")
    @Test
    void ten_thousand_aborted_requests_leave_no_connection_behind() throws Exception {
        leaveNothingBehind(10_000);
    }

    private void leaveNothingBehind(int requests) throws Exception {
        abort(AT_A_TIME);
        long before = socketsButTheDatabases();

        abort(requests);

        eventually(() -> assertThat(Metrics.gateway().sum("earshot_playback_streams_active"))
                .isZero());
        eventually(
                () -> assertThat(Stack.running().relayed("s3", "connections")).isLessThan(KEPT_STORE_CONNECTIONS));
        eventually(() -> assertThat(socketsButTheDatabases()).isLessThanOrEqualTo(before));
        long asked = System.nanoTime();
        assertThat(listener.request()
                        .header("Range", "bytes=0-99")
                        .get("/api/recordings/{sid}/stream", recorded.recordingSid())
                        .statusCode())
                .isEqualTo(206);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
    }

    /** Each leaves at another moment: before the answer, with its head, in the middle, near the end. */
    private void abort(int requests) throws Exception {
        try (ExecutorService people = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<?>> all = IntStream.range(0, requests)
                    .<Future<?>>mapToObj(nth -> people.submit(() -> abort(listener, recorded, nth)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private static void abort(Listener listener, Recorded recorded, int nth) {
        String range =
                List.of("", "bytes=0-", "bytes=20000000-", "bytes=-500000").get(nth % 4);
        RawStream stream = RawStream.open(listener, recorded.recordingSid(), range, 0);
        stream.read(List.of(0, 1, 1000, 100_000, 400_000).get(nth % 5));
        stream.reset();
    }

    private long fromStore() {
        return Stack.running().relayed("s3", "bytesToClient");
    }

    /** The pool of the database grows and shrinks by itself. */
    private static long socketsButTheDatabases() {
        return RunningService.of("gateway").sockets() - Stack.running().relayed("postgres", "connections");
    }
}
