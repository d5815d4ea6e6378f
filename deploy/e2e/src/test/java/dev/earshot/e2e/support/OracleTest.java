package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.StateChanged;
import dev.earshot.events.Topics;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The oracle is only worth its name if it sees what is wrong: promises, rows, objects and announcements. */
@Tag("long")
@Isolated("makes wrong what the oracle looks at")
class OracleTest extends WrongWorld {
    @Test
    void a_promise_that_does_not_end_is_seen() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 8));
        assertThat(listener.stream(recorded.recordingSid()).statusCode()).isEqualTo(202);

        theOracleSees("a 202 that did not end").hasMessageContaining(recorded.recordingSid());
        Eventually.eventually(
                () -> assertThat(listener.stream(recorded.recordingSid()).statusCode())
                        .isEqualTo(200));
    }

    @Test
    void a_promised_recording_whose_row_is_lost_is_seen() {
        String sid = ready().recordingSid();
        Promises.note(sid);
        Database.local().update("delete from recording where recording_sid = ?", sid);

        theOracleSees("rows of what was promised").hasMessageContaining(sid);
    }

    @Test
    void a_prefetch_that_does_not_end_is_seen_though_nobody_was_promised_it() {
        Recorded recorded = Simulator.record(
                "globex", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 8));
        Eventually.eventually(() -> assertThat(state(recorded)).isEqualTo("FETCHING"));

        theOracleSees("what was begun and did not end").hasMessageContaining(recorded.recordingSid());
        Eventually.eventually(() -> assertThat(state(recorded)).isEqualTo("READY"));
    }

    @Test
    void a_prefetch_that_waits_for_ever_is_seen() {
        String sid = ready().recordingSid();
        afterwards(() -> become(sid, "state = 'READY', lane = 'INTERACTIVE', fetch_due_at = null"));
        // Nothing is overdue about it: what waits in bulk waits for a place.
        become(sid, "state = 'WAITING', lane = 'BULK', fetch_due_at = now() + interval '1 hour'");

        theOracleSees("what was begun and did not end").hasMessageContaining(sid);
    }

    @Test
    void a_failure_without_a_reason_is_seen() {
        String sid = ready().recordingSid();
        afterwards(() -> become(sid, "state = 'READY'"));
        become(sid, "state = 'FAILED', reason = null");

        theOracleSees("what was begun and did not end").hasMessageContaining(sid);
    }

    /** Without a due time no sweeper finds it: what a forgotten line in a transition would leave behind. */
    @Test
    void a_claim_that_nobody_works_on_is_seen() {
        String sid = ready().recordingSid();
        afterwards(() -> become(sid, "state = 'READY', fetch_due_at = null"));
        become(sid, "state = 'FETCHING', fetch_due_at = null, changed_at = now() - interval '1 day'");

        theOracleSees("rows that nobody works on").hasMessageContaining(sid);
    }

    @Test
    void an_announcement_that_nobody_makes_is_seen() {
        String sid = ready().recordingSid();
        afterwards(() -> Stack.running().service("gateway", "continue"));
        Stack.running().service("gateway", "pause");
        become(sid, "announce_due_at = now() - interval '1 minute'");

        theOracleSees("rows that nobody works on").hasMessageContaining(sid);
    }

    @Test
    void other_bytes_under_a_ready_recording_are_seen() {
        String key = key(ready());
        byte[] right = Bucket.local().read(key);
        afterwards(() -> Bucket.local().write(key, right));
        Bucket.local().write(key, new byte[] {1});

        theOracleSees("row and object of");
    }

    @Test
    void bytes_that_are_not_the_sources_are_seen_though_row_and_object_agree() {
        Recorded recorded = ready();
        byte[] right = Bucket.local().read(key(recorded));
        afterwards(() -> {
            Bucket.local().write(key(recorded), right);
            become(recorded.recordingSid(), "object_sha256 = '" + recorded.sha256() + "'");
        });
        Bucket.local().write(key(recorded), new byte[] {1});
        become(recorded.recordingSid(), "object_sha256 = '" + Bucket.local().sha256(key(recorded)) + "'");

        theOracleSees("object and source of");
    }

    @Test
    void a_ready_recording_without_an_object_is_seen() {
        String key = key(ready());
        byte[] right = Bucket.local().read(key);
        afterwards(() -> Bucket.local().write(key, right));
        Bucket.local().delete(key);

        theOracleSees("no object under").hasMessageContaining(key);
    }

    @Test
    void a_second_object_of_one_recording_is_seen() {
        String other = Samples.objectKey(ready(), 2);
        afterwards(() -> Bucket.local().delete(other));
        Bucket.local().write(other, new byte[] {1});

        theOracleSees("objects of");
    }

    @Test
    void a_second_announcement_of_one_generation_with_another_content_is_seen() {
        String sid = ready().recordingSid();
        Eventually.eventually(() -> assertThat(announced(sid)).hasSize(1));
        StateChanged once = announced(sid).getFirst();
        Events.publish(
                Topics.RECORDINGS,
                new StateChanged(
                        once.tenant(),
                        once.accountSid(),
                        once.callSid(),
                        once.recordingSid(),
                        once.state(),
                        once.object(),
                        once.reason(),
                        once.changedAt().plusSeconds(1),
                        once.generation(),
                        once.attempt()));

        theOracleSees("announcements of");
    }

    private static List<StateChanged> announced(String sid) {
        return Events.seen().of(Topics.RECORDINGS, sid, StateChanged.class);
    }

    private static String key(Recorded recorded) {
        return Samples.objectKey(recorded, 1);
    }

    private static String state(Recorded recorded) {
        return Database.local().recording(recorded.recordingSid()).text("state");
    }

    /** Changes a row as no transition would. */
    private static void become(String sid, String what) {
        assertThat(Database.local().update("update recording set " + what + " where recording_sid = ?", sid))
                .isEqualTo(1);
    }
}
