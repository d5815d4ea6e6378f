package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Logs;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Samples;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.Topics;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The failure table's rows about the object store. */
@Isolated("cuts the store for everybody")
@ExtendWith(Oracle.class)
class StoreFailuresTest {
    private static final byte[] OTHER_BYTES = "somebody else's bytes".getBytes(StandardCharsets.UTF_8);

    private final Listener listener = Listener.of("acme");

    @AfterEach
    void heal() {
        Stack.running().relay("s3", "heal");
    }

    @Tag("long")
    @Test
    void a_store_that_is_away_is_503_for_what_is_ready_and_202_for_what_is_not() {
        Recorded stored = Recordings.stored("acme");
        Recorded wanted = Simulator.call("acme");
        Stack.running().relay("s3", "cut");

        Response ready = listener.stream(stored.recordingSid());
        Response click = listener.stream(wanted.recordingSid());
        eventually(() -> assertThat(failures(wanted)).contains("store-unavailable"));
        Stack.running().relay("s3", "heal");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.header("Retry-After")).isNotBlank();
        assertThat(click.statusCode()).isEqualTo(202);
        eventually(() -> assertThat(Listener.sha256(listener.stream(stored.recordingSid())))
                .isEqualTo(stored.sha256()));
        Unasked.becomesReady(wanted);
    }

    @Tag("long")
    @Test
    void other_bytes_under_our_key_begin_a_new_generation() {
        Recorded recorded = Simulator.call("acme");
        Bucket.local().write(key(recorded, 1), OTHER_BYTES);

        listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(Listener.sha256(listener.stream(recorded.recordingSid())))
                .isEqualTo(recorded.sha256()));

        eventually(() -> assertThat(failures(recorded)).contains("store-conflict"));
        eventually(() -> assertThat(Bucket.local().audioKeys("acme/" + recorded.recordingSid() + "/"))
                .containsExactly(key(recorded, 2)));
        eventually(() -> assertThat(outcomes(recorded, RecordingReady.class))
                .last()
                .satisfies(ready -> assertThat(ready.generation()).isEqualTo(2)));
    }

    @Tag("long")
    @Test
    void a_vanished_object_is_fetched_again_as_the_next_generation() {
        Recorded recorded = Recordings.stored("acme");
        Bucket.local().delete(key(recorded, 1));

        Response missed = listener.stream(recorded.recordingSid());
        Response again = listener.streamWaiting(recorded.recordingSid(), 20);

        assertThat(missed.statusCode()).isEqualTo(202);
        assertThat(Listener.sha256(again)).isEqualTo(recorded.sha256());
        assertThat(Bucket.local().audioKeys("acme/" + recorded.recordingSid() + "/"))
                .containsExactly(key(recorded, 2));
    }

    @Test
    void an_announced_object_that_the_gateway_cannot_see_is_an_alarm_and_no_ready() {
        Recorded recorded = Simulator.call("acme", "stalled-body");
        listener.stream(recorded.recordingSid());
        RecordingReady forged = Samples.ready(recorded, 1, 1);
        double alarmsBefore = alarms();
        Logs logs = Logs.fromNow("gateway");

        Events.publish(Topics.FETCH_OUTCOMES, forged);
        eventually(() -> assertThat(alarms()).isEqualTo(alarmsBefore + 1));
        int click = listener.stream(recorded.recordingSid()).statusCode();
        Simulator.behave(recorded, "normal");

        assertThat(logs.count("The fetcher announced " + key(recorded, 1) + " but this gateway cannot see it in bucket "
                        + Bucket.local().name()))
                .isEqualTo(1);
        assertThat(click).isEqualTo(202);
        Unasked.becomesReady(recorded);
    }

    private static double alarms() {
        return Metrics.gateway().sum("earshot_store_mismatch_total");
    }

    private static String key(Recorded recorded, int generation) {
        return "acme/" + recorded.recordingSid() + "/" + generation + "/audio";
    }

    private static <E extends RecordingEvent> List<E> outcomes(Recorded recorded, Class<E> type) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), type);
    }

    private static List<String> failures(Recorded recorded) {
        return outcomes(recorded, FetchFailed.class).stream()
                .map(failed -> failed.reason().code())
                .toList();
    }
}
