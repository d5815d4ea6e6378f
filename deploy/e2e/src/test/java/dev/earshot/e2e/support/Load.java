package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Simulator.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Many listeners at once, at a constant rate: some click on a call that has just ended, most on one that is stored, and
 * a few listen to a long one for as long as the load lasts.
 */
public final class Load {
    private static final int USUAL_VISITS_PER_SECOND = 25;
    /** Visits to a new recording: each is a fetch and a waveform, of which two cores take no more beside four services. */
    private static final int NEW_PER_SECOND = 3;

    private static final int STREAMS = 8;
    /** Almost three hours of mp3, 40 MB, heard in about 10 s: streams run at every moment. */
    private static final int LONG_CALL_SECONDS = 10_000;

    private static final int STREAM_BYTES_PER_SECOND = 4_000_000;
    private static final Duration LAST_VISITS = Duration.ofMinutes(2);

    private final Tally tally = new Tally();
    private final Player player = new Player("acme", tally);
    private final List<Recorded> stored = new CopyOnWriteArrayList<>();
    private final ExecutorService visits = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Recorded longCall;
    private final int visitsPerSecond;
    private volatile boolean stopping;

    private Load(int visitsPerSecond) {
        this.visitsPerSecond = visitsPerSecond;
        longCall = Simulator.record("acme", Simulator.options().put("seconds", LONG_CALL_SECONDS));
        stored.addAll(Stream.generate(() -> Simulator.call("acme")).limit(10).toList());
        Listener warm = Listener.of("acme");
        Stream.concat(Stream.of(longCall), stored.stream())
                .forEach(recorded -> assertThat(warm.request()
                                .header("Prefer", "wait=25")
                                .head("/api/recordings/{sid}/stream", recorded.recordingSid())
                                .statusCode())
                        .isEqualTo(200));
    }

    /** Starts it, and waits until it runs on all gateways. */
    public static Load start() {
        return start(USUAL_VISITS_PER_SECOND);
    }

    /** As {@link #start()}, with so many visits, each of one request or more, begun in each second. */
    public static Load start(int visitsPerSecond) {
        Load load = new Load(visitsPerSecond);
        try {
            load.begin();
        } catch (RuntimeException | AssertionError neverRan) {
            load.abandon();
            throw neverRan;
        }
        return load;
    }

    private void begin() {
        for (int i = 0; i < STREAMS; i++) {
            visits.execute(this::stream);
        }
        var unused = clock.scheduleAtFixedRate(
                () -> visits.execute(this::visit), 0, 1_000_000 / visitsPerSecond, TimeUnit.MICROSECONDS);
        for (String gateway : Stack.running().replicas("gateway")) {
            Eventually.eventually(() -> assertThat(Metrics.of(gateway).sum("earshot_playback_streams_active"))
                    .as("streams of %s: %s", gateway, tally)
                    .isPositive());
        }
        awaitMore();
    }

    /** Nobody will stop it, and it must not be a load for the tests that follow. */
    private void abandon() {
        stopping = true;
        clock.shutdownNow();
        visits.shutdownNow();
    }

    /** Waits until some seconds of it have gone by, and each kind of visit was made. */
    public void awaitMore() {
        int before = tally.requests();
        int promisedBefore = tally.promised();
        Eventually.eventually(() -> {
            assertThat(tally.requests()).isGreaterThan(before + 4 * visitsPerSecond);
            assertThat(tally.promised()).isGreaterThan(promisedBefore);
        });
    }

    public int requests() {
        return tally.requests();
    }

    /** How many new recordings were promised so far. */
    public int promised() {
        return tally.promised();
    }

    /** Waits until a replica has in hand what would be lost with it: a stream, or two downloads, one of them a slow one. */
    public void awaitWorkOf(String replica) {
        String work = replica.startsWith("gateway") ? "earshot_playback_streams_active" : "earshot_fetch_in_flight";
        Eventually.eventually(() -> assertThat(Metrics.of(replica).sum(work))
                .as("%s of %s", work, replica)
                .isGreaterThanOrEqualTo(2));
    }

    /** Waits until somebody has felt that a replica was killed: a stream broke, or a download was made again elsewhere. */
    public void awaitLossOf(String replica) {
        Eventually.eventually(() -> assertThat(replica.startsWith("gateway") ? tally.resumed() : downloadedAgain())
                .as("felt that %s was killed: %s", replica, tally)
                .isPositive());
    }

    private long downloadedAgain() {
        return stored.stream()
                .filter(recorded -> Simulator.downloads(recorded) > 1)
                .count();
    }

    /** Ends it when every visit that was begun has ended. */
    public Tally stop() throws InterruptedException {
        stopping = true;
        clock.shutdown();
        boolean allBegun = clock.awaitTermination(5, TimeUnit.SECONDS);
        visits.shutdown();
        assertThat(allBegun && visits.awaitTermination(LAST_VISITS.toSeconds(), TimeUnit.SECONDS))
                .as("all visits have ended: %s", tally)
                .isTrue();
        return tally;
    }

    private void stream() {
        try {
            while (!stopping) {
                player.play(longCall, STREAM_BYTES_PER_SECOND);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            tally.fail("a stream: " + e);
        }
    }

    private void visit() {
        try {
            int kind = ThreadLocalRandom.current().nextInt(visitsPerSecond / NEW_PER_SECOND);
            if (kind == 0) {
                visitNew();
            } else {
                player.play(stored.get(ThreadLocalRandom.current().nextInt(stored.size())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            tally.fail("a visit: " + e);
        }
    }

    /** Half of the downloads take their time, so that some run at every moment. */
    private void visitNew() throws InterruptedException {
        Recorded recorded = Simulator.record(
                "acme",
                ThreadLocalRandom.current().nextBoolean()
                        ? Simulator.options()
                        : Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 2));
        int webhook = recorded.json().path("webhookStatus").asInt();
        if (webhook / 100 != 2) {
            tally.fail("the webhook of " + recorded.recordingSid() + " was answered " + webhook);
            return;
        }
        player.play(recorded);
        stored.add(recorded);
    }
}
