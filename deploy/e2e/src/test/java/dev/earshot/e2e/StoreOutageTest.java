package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.RawListener;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Timed;
import dev.earshot.e2e.support.Unasked;
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
    /** The first byte's time-out is 5 s; the rest is a busy machine's. */
    private static final Duration IN_TIME = Duration.ofSeconds(7);

    /** An upload that has come so far has begun, beyond what its head and the look for the object send. */
    private static final long MANY_BYTES = 1 << 20;

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
        Recorded recorded = Recordings.stored(Recordings.longCall("acme"));
        try (RawListener playing = RawListener.open(listener, recorded.recordingSid())) {
            playing.read(1000);

            Stack.running().relay("s3", "cut");
            RawListener.End end = playing.readToTheEnd();
            Stack.running().relay("s3", "heal");

            assertThat(end).isEqualTo(RawListener.End.RESET);
            assertThat(playing.status()).isEqualTo(200);
            assertThat(playing.contentLength()).isEqualTo(recorded.sizeBytes());
            assertThat(playing.received()).isGreaterThanOrEqualTo(1000).isLessThan(recorded.sizeBytes());
            assertThat(playing.sha256With(rest(recorded, playing.received()))).isEqualTo(recorded.sha256());
        }
    }

    @Tag("long")
    @Test
    void a_store_that_hangs_in_the_middle_of_a_stream_ends_it_short_after_the_time_for_that() {
        Recorded recorded = Recordings.stored(Recordings.longCall("acme"));
        restart("gateway", Start.normally().with("earshot.playback.read-stall", "2s"));
        double stalled = Metrics.gateway().sum("earshot_playback_streams_ended_total", "side=\"store-stalled\"");
        try (RawListener playing = RawListener.open(listener, recorded.recordingSid())) {
            playing.read(1000);

            Stack.running().relay("s3", "stall");
            RawListener.End end = playing.readToTheEnd();
            Stack.running().relay("s3", "heal");

            assertThat(end).isEqualTo(RawListener.End.RESET);
            assertThat(playing.received()).isLessThan(recorded.sizeBytes());
            assertThat(Metrics.gateway().sum("earshot_playback_streams_ended_total", "side=\"store-stalled\""))
                    .isEqualTo(stalled + 1);
            assertThat(playing.sha256With(rest(recorded, playing.received()))).isEqualTo(recorded.sha256());
        }
    }

    @Tag("long")
    @Test
    void a_store_that_hangs_is_503_in_time_for_what_is_ready_and_a_wait_for_what_is_not() {
        Recorded stored = Recordings.stored("acme");
        Recorded wanted = Simulator.call("acme");
        Stack.running().relay("s3", "stall");

        Timed<Response> asked = Timed.of(() -> listener.stream(stored.recordingSid()));
        Response away = asked.answer();
        Response click = listener.stream(wanted.recordingSid());
        within(Duration.ofMinutes(2), () -> assertThat(failures(wanted)).contains("store-unavailable"));
        Stack.running().relay("s3", "heal");

        System.out.printf("A store that hangs: 503 after %d ms%n", asked.took().toMillis());
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.path("code").toString()).isEqualTo("store-unavailable");
        assertThat(away.header("Retry-After")).isNotBlank();
        assertThat(asked.took()).isLessThan(IN_TIME);
        assertThat(click.statusCode()).isEqualTo(202);
        Unasked.becomesReady(wanted);
        assertThat(Listener.sha256(listener.stream(stored.recordingSid()))).isEqualTo(stored.sha256());
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"cut", "stall"})
    void a_store_that_goes_away_during_an_upload_gets_it_from_the_spool_when_it_is_back(String away) {
        restart(
                "fetcher",
                Start.normally()
                        .with("quarkus.s3.async-client.read-timeout", "2s")
                        .with("quarkus.s3.async-client.write-timeout", "2s")
                        .with("earshot.store.attempts", "20"));
        Recorded recorded = Recordings.longCall("acme");
        long before = Stack.running().relayed("s3", "bytesToServer");
        // Each piece is held for a while, so that the upload takes seconds.
        Stack.running().relay("s3", "delay?millis=20");
        listener.stream(recorded.recordingSid());
        eventually(
                () -> assertThat(Simulator.state(recorded).get("mediaCompleted").asInt())
                        .isEqualTo(1));
        eventually(() -> assertThat(Stack.running().relayed("s3", "bytesToServer") - before)
                .isGreaterThan(MANY_BYTES));

        Stack.running().relay("s3", away);
        long uploaded = Stack.running().relayed("s3", "bytesToServer") - before;
        within(Duration.ofMinutes(1), () -> assertThat(failedTries()).isPositive());
        List<Long> visible = Bucket.local().audioSizes("acme/" + recorded.recordingSid() + "/");
        Stack.running().relay("s3", "heal");

        System.out.printf("An upload was %s after %d of %d bytes%n", away, uploaded, recorded.sizeBytes());
        assertThat(uploaded).isBetween(MANY_BYTES, recorded.sizeBytes() - 1);
        assertThat(visible).as("nothing partial is visible").isEmpty();
        Unasked.becomesReady(recorded);
        assertThat(failures(recorded)).as("it was one fetch").isEmpty();
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    /** Of the fetcher that was started for this. */
    private static double failedTries() {
        return Metrics.fetcher().sum("earshot_store_failed_tries_total");
    }

    private void restart(String service, Start start) {
        restarted.add(service);
        Stack.running().restart(service, start);
    }

    /** From where the broken stream ended; the answer is one of Range and If-Range, as a browser's is. */
    private byte[] rest(Recorded recorded, long from) {
        Response rest = listener.request()
                .header("Range", "bytes=" + from + "-")
                .header("If-Range", '"' + recorded.sha256() + '"')
                .get("/api/recordings/{sid}/stream", recorded.recordingSid());
        assertThat(rest.statusCode()).isEqualTo(206);
        return rest.asByteArray();
    }

    private void isTheFirstAttemptOfTheFirstGeneration(Recorded recorded) {
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        assertThat(failures(recorded)).isEmpty();
        assertThat(Bucket.local().audioKeys("acme/" + recorded.recordingSid() + "/"))
                .containsExactly("acme/" + recorded.recordingSid() + "/1/audio");
    }

    private static List<String> failures(Recorded recorded) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), FetchFailed.class).stream()
                .map(failed -> failed.reason().code())
                .toList();
    }
}
