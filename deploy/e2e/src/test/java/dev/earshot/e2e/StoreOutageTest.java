package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.RawListener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.Topics;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object store that lies, hangs or dies while it is used. */
@Isolated("hurts the store for everybody")
@ExtendWith(Oracle.class)
class StoreOutageTest {
    /** A call of almost three hours, 40 MB: more than all buffers between store and listener hold. */
    private static final int LONG_CALL_SECONDS = 10_000;
    /** The first byte's time-out is 5 s; the rest is a busy machine's. */
    private static final Duration IN_TIME = Duration.ofSeconds(7);

    private final Listener listener = Listener.of("acme");
    private final Set<String> restarted = new HashSet<>();

    @AfterEach
    void heal() {
        Stack.running().failAfterStoring(0);
        Stack.running().relay("s3", "heal");
        restarted.forEach(service -> Stack.running().service(service, "restart"));
    }

    @Test
    void an_upload_that_is_stored_and_answered_with_500_is_found_and_neither_stored_nor_fetched_again() {
        Recorded recorded = Simulator.call("acme");
        Stack.running().failAfterStoring(1);

        Response held = listener.streamWaiting(recorded.recordingSid(), 20);

        assertThat(Listener.sha256(held)).isEqualTo(recorded.sha256());
        isTheFirstAttemptOfTheFirstGeneration(recorded);
    }

    @Test
    void a_store_that_dies_in_the_middle_of_a_stream_ends_it_short_of_its_length_and_the_rest_comes_by_range() {
        Recorded recorded = ready(longCall());
        try (RawListener playing = RawListener.open(listener, recorded.recordingSid())) {
            playing.read(1000);

            Stack.running().relay("s3", "cut");
            playing.readToTheEnd();
            Stack.running().relay("s3", "heal");

            assertThat(playing.status()).isEqualTo(200);
            assertThat(playing.contentLength()).isEqualTo(recorded.sizeBytes());
            assertThat(playing.received()).isGreaterThanOrEqualTo(1000).isLessThan(recorded.sizeBytes());
            assertThat(rest(recorded, playing.received())).isEqualTo(recorded.sizeBytes() - playing.received());
        }
    }

    @Tag("long")
    @Test
    void a_store_that_hangs_in_the_middle_of_a_stream_ends_it_short_after_the_time_for_that() {
        Recorded recorded = ready(longCall());
        restart("gateway", Start.normally().with("earshot.playback.read-stall", "2s"));
        double stalled = Metrics.gateway().sum("earshot_playback_streams_ended_total");
        try (RawListener playing = RawListener.open(listener, recorded.recordingSid())) {
            playing.read(1000);

            Stack.running().relay("s3", "stall");
            playing.readToTheEnd();
            Stack.running().relay("s3", "heal");

            assertThat(playing.received()).isLessThan(recorded.sizeBytes());
            assertThat(Metrics.gateway().sum("earshot_playback_streams_ended_total"))
                    .isEqualTo(stalled + 1);
            assertThat(rest(recorded, playing.received())).isEqualTo(recorded.sizeBytes() - playing.received());
        }
    }

    @Tag("long")
    @Test
    void a_store_that_hangs_is_503_in_time_for_what_is_ready_and_a_wait_for_what_is_not() {
        Recorded stored = ready(Simulator.call("acme"));
        Recorded wanted = Simulator.call("acme");
        Stack.running().relay("s3", "stall");

        long asked = System.nanoTime();
        Response away = listener.stream(stored.recordingSid());
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        Response click = listener.stream(wanted.recordingSid());
        within(Duration.ofMinutes(2), () -> assertThat(failures(wanted)).contains("store-unavailable"));
        Stack.running().relay("s3", "heal");

        System.out.printf("A store that hangs: 503 after %d ms%n", took.toMillis());
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.path("code").toString()).isEqualTo("store-unavailable");
        assertThat(away.header("Retry-After")).isNotBlank();
        assertThat(took).isLessThan(IN_TIME);
        assertThat(click.statusCode()).isEqualTo(202);
        becomesReadyUnasked(wanted);
        assertThat(Listener.sha256(listener.stream(stored.recordingSid()))).isEqualTo(stored.sha256());
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"cut", "stall"})
    void a_store_that_goes_away_during_an_upload_gets_it_from_the_spool_when_it_is_back(String away) {
        Recorded recorded = longCall();
        // Each piece is held for a while, so that the upload takes seconds.
        Stack.running().relay("s3", "delay?millis=5");
        listener.stream(recorded.recordingSid());
        eventually(
                () -> assertThat(Simulator.state(recorded).get("mediaCompleted").asInt())
                        .isEqualTo(1));

        Stack.running().relay("s3", away);
        assertThat(Bucket.local().keys("acme/" + recorded.recordingSid() + "/1/audio"))
                .as("nothing partial is visible")
                .doesNotContain("acme/" + recorded.recordingSid() + "/1/audio");
        Stack.running().relay("s3", "heal");

        becomesReadyUnasked(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    private void restart(String service, Start start) {
        restarted.add(service);
        Stack.running().restart(service, start);
    }

    private Recorded longCall() {
        ObjectNode options = Simulator.options().put("seconds", LONG_CALL_SECONDS);
        return Simulator.record("acme", options);
    }

    private Recorded ready(Recorded recorded) {
        assertThat(listener.request()
                        .header("Prefer", "wait=25")
                        .head("/api/recordings/{sid}/stream", recorded.recordingSid())
                        .statusCode())
                .isEqualTo(200);
        return recorded;
    }

    private long rest(Recorded recorded, long from) {
        Response rest = listener.request()
                .header("Range", "bytes=" + from + "-")
                .header("If-Range", '"' + recorded.sha256() + '"')
                .get("/api/recordings/{sid}/stream", recorded.recordingSid());
        assertThat(rest.statusCode()).isEqualTo(206);
        return rest.asByteArray().length;
    }

    private void isTheFirstAttemptOfTheFirstGeneration(Recorded recorded) {
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        assertThat(failures(recorded)).isEmpty();
        assertThat(Bucket.local().keys("acme/" + recorded.recordingSid() + "/"))
                .containsExactly("acme/" + recorded.recordingSid() + "/1/audio");
    }

    private static List<String> failures(Recorded recorded) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), FetchFailed.class).stream()
                .map(failed -> failed.reason().code())
                .toList();
    }

    /** Looks without asking for the audio, so that no click of ours helps. */
    private void becomesReadyUnasked(Recorded recorded) {
        within(
                Duration.ofMinutes(1),
                () -> assertThat(listener.info(recorded.recordingSid())
                                .path("state")
                                .toString())
                        .isEqualTo("ready"));
    }
}
