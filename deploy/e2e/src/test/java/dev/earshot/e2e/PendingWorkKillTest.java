package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static dev.earshot.e2e.support.Halts.about;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Halts;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.OneEffect;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.StateChanged;
import dev.earshot.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gateway dies while a row still has an announcement or a purge to come: the next life's timer does both. */
@Tag("long")
@Isolated("kills services for everybody")
@ExtendWith({Oracle.class, Mended.class})
class PendingWorkKillTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** What {@code Transitions.evict} writes; retention, which will call it, is not there yet. */
    private static final String EVICT = """
            update recording set state = 'EVICTED', changed_at = now(), revision = revision + 1,
                object_bucket = null, object_key = null, object_size_bytes = null, object_sha256 = null,
                object_etag = null, object_content_type = null, object_channels = null, duration_millis = null,
                ready_at = null, purge_generation = greatest(purge_generation, generation), purge_due_at = now(),
                announce_due_at = now()
            where recording_sid = ? and state = 'READY'""";

    private final Listener listener = Listener.of("acme");

    /** Between two lines of the announcement. */
    enum Announcing {
        BEFORE_IT("announce.Announcer", "announce"),
        AFTER_ITS_ACK_BEFORE_IT_IS_NOTED("recording.DueStatements", "announced");

        private final String type;
        private final String method;

        Announcing(String type, String method) {
            this.type = type;
            this.method = method;
        }
    }

    /** Between two lines of the purge. */
    enum Purging {
        BEFORE_IT("store.S3Control", "purge"),
        AFTER_IT_BEFORE_IT_IS_NOTED("recording.DueStatements", "purged");

        private final String type;
        private final String method;

        Purging(String type, String method) {
            this.type = type;
            this.method = method;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_ready_that_was_not_announced_is_announced_by_the_next_life(Announcing place) {
        Recorded recorded = Simulator.call("acme");
        Stack.running().restart("gateway", halt(place.type, place.method, recorded));

        boolean promised = Unasked.click(listener, recorded);
        Stack.running().awaitEnd("gateway");
        Database.Row left = Database.local().recording(recorded.recordingSid());
        Stack.running().service("gateway", "start");

        assertThat(promised).isTrue();
        assertThat(left.text("state")).isEqualTo("READY");
        assertThat(left.find("announce_due_at")).isPresent();
        within(A_MINUTE, () -> assertNothingIsPending(recorded));
        eventually(() -> assertThat(announced(recorded))
                .hasSize(place == Announcing.BEFORE_IT ? 1 : 2)
                .allSatisfy(change -> assertThat(change.state()).isEqualTo(StateChanged.State.READY)));
        OneEffect.of(recorded);
    }

    @ParameterizedTest
    @EnumSource
    void an_evicted_recordings_object_is_deleted_by_the_next_life(Purging place) {
        Recorded recorded = readyAndAnnounced();
        Stack.running().restart("gateway", halt(place.type, place.method, recorded));

        Database.local().update(EVICT, recorded.recordingSid());
        Stack.running().awaitEnd("gateway");
        Database.Row left = Database.local().recording(recorded.recordingSid());
        int objects = objects(recorded);
        Stack.running().service("gateway", "start");

        assertThat(left.find("purge_due_at")).isPresent();
        assertThat(objects).isEqualTo(place == Purging.BEFORE_IT ? 1 : 0);
        within(A_MINUTE, () -> assertNothingIsPending(recorded));
        assertThat(objects(recorded)).isZero();
        eventually(() -> assertThat(announced(recorded))
                .last()
                .satisfies(change -> assertThat(change.state()).isEqualTo(StateChanged.State.EVICTED)));
    }

    @Test
    void purge_and_announcement_of_a_row_that_changed_while_no_gateway_ran_are_done_by_the_next_life() {
        Recorded recorded = readyAndAnnounced();

        Stack.running().service("gateway", "kill");
        Database.local().update(EVICT, recorded.recordingSid());
        Stack.running().service("gateway", "start");

        within(A_MINUTE, () -> assertNothingIsPending(recorded));
        assertThat(objects(recorded)).isZero();
        eventually(() -> assertThat(announced(recorded))
                .last()
                .satisfies(change -> assertThat(change.state()).isEqualTo(StateChanged.State.EVICTED)));
    }

    @Test
    void a_conflicting_object_is_deleted_by_the_next_life_and_the_new_generation_stays() {
        Recorded recorded = Simulator.call("acme");
        Bucket.local()
                .write(
                        "acme/" + recorded.recordingSid() + "/1/audio",
                        "somebody else's bytes".getBytes(StandardCharsets.UTF_8));
        Stack.running().restart("gateway", halt("store.S3Control", "purge", recorded));

        boolean promised = Unasked.click(listener, recorded);
        Stack.running().awaitEnd("gateway");
        Stack.running().service("gateway", "start");

        assertThat(promised).isTrue();
        Unasked.becomesReady(recorded);
        within(A_MINUTE, () -> assertNothingIsPending(recorded));
        assertThat(Bucket.local().audioKeys("acme/" + recorded.recordingSid() + "/"))
                .containsExactly("acme/" + recorded.recordingSid() + "/2/audio");
    }

    private Recorded readyAndAnnounced() {
        Recorded recorded = Simulator.call("acme");
        assertThat(listener.streamWaiting(recorded.recordingSid(), 20).statusCode())
                .isEqualTo(200);
        eventually(() -> assertNothingIsPending(recorded));
        return recorded;
    }

    private static void assertNothingIsPending(Recorded recorded) {
        Database.Row row = Database.local().recording(recorded.recordingSid());
        assertThat(row.find("announce_due_at")).as("announcement").isEmpty();
        assertThat(row.find("purge_due_at")).as("purge").isEmpty();
    }

    private static Start halt(String type, String method, Recorded recorded) {
        return Halts.when("dev.earshot.gateway." + type, method, "AT ENTRY", about(recorded.recordingSid()));
    }

    private static int objects(Recorded recorded) {
        return Bucket.local()
                .audioSizes("acme/" + recorded.recordingSid() + "/")
                .size();
    }

    private static List<StateChanged> announced(Recorded recorded) {
        return Events.seen().of(Topics.RECORDINGS, recorded.recordingSid(), StateChanged.class);
    }
}
