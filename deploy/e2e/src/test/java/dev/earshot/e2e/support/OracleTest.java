package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.e2e.support.Simulator.Recorded;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The oracle is only worth its name if it sees what is wrong. */
@Tag("long")
@Isolated("makes wrong what the oracle looks at")
class OracleTest {
    private final Oracle oracle = new Oracle(Duration.ofSeconds(2));
    private final Listener listener = Listener.of("acme");
    private Runnable mend = () -> {};

    @BeforeEach
    void begin() {
        oracle.begin();
    }

    @AfterEach
    void mend() {
        mend.run();
    }

    @Test
    void a_promise_that_does_not_end_is_seen() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 8));
        assertThat(listener.stream(recorded.recordingSid()).statusCode()).isEqualTo(202);

        assertThatThrownBy(oracle::holds)
                .hasMessageContaining("a 202 that did not end")
                .hasMessageContaining(recorded.recordingSid());
        Eventually.eventually(
                () -> assertThat(listener.stream(recorded.recordingSid()).statusCode())
                        .isEqualTo(200));
    }

    @Test
    void a_promised_recording_whose_row_is_lost_is_seen() {
        String sid = ready().split("/")[1];
        Promises.note(sid);
        Database.local().update("delete from recording where recording_sid = ?", sid);

        assertThatThrownBy(oracle::holds)
                .hasMessageContaining("rows of what was promised")
                .hasMessageContaining(sid);
    }

    @Test
    void other_bytes_under_a_ready_recording_are_seen() {
        String key = ready();
        byte[] right = Bucket.local().read(key);
        mend = () -> Bucket.local().write(key, right);
        Bucket.local().write(key, new byte[] {1});

        assertThatThrownBy(oracle::holds).hasMessageContaining("row and object of");
    }

    @Test
    void a_second_object_of_one_recording_is_seen() {
        String other = ready().replace("/1/audio", "/2/audio");
        mend = () -> Bucket.local().delete(other);
        Bucket.local().write(other, new byte[] {1});

        assertThatThrownBy(oracle::holds).hasMessageContaining("objects of");
    }

    @Test
    void a_row_that_nobody_works_on_is_seen() {
        String sid = ready().split("/")[1];
        mend = () -> Database.local()
                .update("update recording set state = 'READY', fetch_due_at = null where recording_sid = ?", sid);
        // Without a due time no sweeper finds it: what a forgotten line in a transition would leave behind.
        Database.local()
                .update("update recording set state = 'FETCHING', fetch_due_at = null where recording_sid = ?", sid);

        assertThatThrownBy(oracle::holds).hasMessageContaining("rows that nobody works on");
    }

    @Test
    void an_unfinished_upload_is_seen() {
        String key = "acme/oracle/unfinished";
        String id = Bucket.local().beginUpload(key);
        mend = () -> Bucket.local().abortUpload(key, id);

        assertThatThrownBy(oracle::holds).hasMessageContaining("multipart uploads");
    }

    @Test
    void a_transaction_that_nobody_ends_is_seen() throws Exception {
        var connection = Database.connect();
        mend = () -> Database.close(connection);
        connection.setAutoCommit(false);
        connection.createStatement().execute("select 1");

        Eventually.eventually(
                () -> assertThatThrownBy(oracle::holds).hasMessageContaining("transactions that nobody ends"));
    }

    @Test
    void nothing_wrong_is_nothing_seen() {
        ready();

        Eventually.eventually(() -> oracle.holds());
    }

    /** The key of a recording that is ready. */
    private String ready() {
        Recorded recorded = Simulator.call("acme");
        assertThat(listener.streamWaiting(recorded.recordingSid(), 20).statusCode())
                .isEqualTo(200);
        return "acme/" + recorded.recordingSid() + "/1/audio";
    }
}
