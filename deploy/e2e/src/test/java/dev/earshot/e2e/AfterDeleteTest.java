package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Deletion;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.RawListener;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Samples;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.StateChanged;
import dev.earshot.events.StateChanged.State;
import dev.earshot.events.Topics;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promise 6: after a delete nothing brings the audio back, and no consumer is told otherwise. */
class AfterDeleteTest {
    private final Listener listener = Listener.of("acme");

    @Test
    void a_fetch_that_ends_after_the_delete_leaves_nothing() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 8));
        int click = listener.stream(recorded.recordingSid()).statusCode();
        eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));

        Deletion.of(recorded);
        eventually(
                () -> assertThat(Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), RecordingReady.class))
                        .hasSize(1));

        assertThat(click).isEqualTo(202);
        isGoneForGood(recorded);
        assertThat(states(recorded)).containsExactly(State.DELETED);
    }

    @Test
    void what_plays_is_reset_and_nothing_of_it_is_left() {
        Recorded recorded = Recordings.stored(Recordings.longCall("acme"));
        // A deletion that comes first is all that is announced.
        eventually(() -> assertThat(states(recorded)).containsExactly(State.READY));
        try (RawListener playing = RawListener.open(listener, recorded.recordingSid())) {
            playing.read(1000);

            Deletion.of(recorded);

            assertThat(playing.readToTheEnd()).isEqualTo(RawListener.End.RESET);
            assertThat(playing.status()).isEqualTo(200);
            assertThat(playing.received()).isLessThan(recorded.sizeBytes());
        }
        isGoneForGood(recorded);
        assertThat(states(recorded)).containsExactly(State.READY, State.DELETED);
    }

    @Test
    void late_outcomes_do_not_bring_it_back() {
        Recorded recorded = Simulator.call("acme");
        listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(states(recorded)).containsExactly(State.READY));
        String key = Samples.objectKey(recorded, 1);
        byte[] audio = Bucket.local().read(key);
        Deletion.of(recorded);
        eventually(() -> assertThat(states(recorded)).containsExactly(State.READY, State.DELETED));
        eventually(() -> assertThat(Bucket.local().keys(prefix(recorded))).isEmpty());

        // What a fetcher does that was paused before its PUT.
        Bucket.local().write(key, audio);
        Events.publish(Topics.FETCH_OUTCOMES, Samples.ready(recorded, 1, 1));
        Events.publish(Topics.FETCH_OUTCOMES, Samples.failed(recorded, 1, 1, FailureReason.UPSTREAM_ERROR));

        isGoneForGood(recorded);
        assertThat(states(recorded)).containsExactly(State.READY, State.DELETED);
    }

    /** Nobody tells of this object: the tombstone's own purge, after the last request's expiry, has to find it. */
    @Tag("long")
    @Test
    void an_object_that_nobody_announces_is_purged_too() {
        Recorded recorded = Simulator.call("acme");
        listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(states(recorded)).containsExactly(State.READY));
        String key = Samples.objectKey(recorded, 1);
        byte[] audio = Bucket.local().read(key);
        Deletion.of(recorded);
        eventually(() -> assertThat(Bucket.local().keys(prefix(recorded))).isEmpty());

        Bucket.local().write(key, audio);
        // The last request's expiry is half an hour away by default, and comes now.
        Database.local()
                .update(
                        "update recording set last_request_expiry = now(), purge_due_at = now() where recording_sid = ?",
                        recorded.recordingSid());

        isGoneForGood(recorded);
        eventually(() -> assertThat(
                        Database.local().recording(recorded.recordingSid()).find("purge_due_at"))
                .isEmpty());
    }

    private void isGoneForGood(Recorded recorded) {
        LateMessagesTest.everythingBeforeIsTakenIn(recorded);
        eventually(() -> assertThat(states(recorded)).endsWith(State.DELETED));
        eventually(() -> assertThat(Bucket.local().keys(prefix(recorded))).isEmpty());
        Response click = listener.stream(recorded.recordingSid());
        assertThat(click.statusCode()).isEqualTo(410);
        assertThat(click.path("code").toString()).isEqualTo("recording-deleted");
        assertThat(Simulator.webhook(recorded, "")).isEqualTo(204);
        assertThat(Database.local().recording(recorded.recordingSid()).text("state"))
                .isEqualTo("DELETED");
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    private static List<State> states(Recorded recorded) {
        return Events.seen().of(Topics.RECORDINGS, recorded.recordingSid(), StateChanged.class).stream()
                .map(StateChanged::state)
                .toList();
    }

    private static String prefix(Recorded recorded) {
        return Samples.key(recorded).objectPrefix();
    }
}
