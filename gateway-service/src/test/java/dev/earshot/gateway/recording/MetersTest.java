package dev.earshot.gateway.recording;

import static dev.earshot.gateway.recording.RecordingRow.State.EVICTED;
import static dev.earshot.gateway.recording.RecordingRow.State.FETCHING;
import static dev.earshot.gateway.recording.RecordingRow.State.READY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Lane;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What alerts and dashboard count by. */
class MetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void what_becomes_ready_is_added_to_the_store() {
        growth(FETCHING, READY);

        assertThat(recordings("added")).isEqualTo(1);
        assertThat(bytes("added")).isEqualTo(SampleRows.OBJECT.sizeBytes());
        assertThat(recordings("removed")).isZero();
    }

    @Test
    void what_is_ready_no_more_has_left_it() {
        growth(READY, EVICTED);

        assertThat(recordings("removed")).isEqualTo(1);
        assertThat(bytes("removed")).isEqualTo(SampleRows.OBJECT.sizeBytes());
        assertThat(recordings("added")).isZero();
    }

    @Test
    void what_stays_as_it_was_counts_nothing() {
        growth(READY, READY);
        growth(FETCHING, EVICTED);

        assertThat(recordings("added") + recordings("removed") + bytes("added") + bytes("removed"))
                .isZero();
    }

    @Test
    void a_fetch_that_a_listener_begins_is_a_claim() {
        new Claims(meters).claimed();

        assertThat(meters.get("earshot.recordings.claims").counter().count()).isEqualTo(1);
    }

    @Test
    void each_lane_has_its_times_from_the_start() {
        ReadyTimes times = new ReadyTimes(meters);

        times.ready(Lane.INTERACTIVE, Duration.ofSeconds(3));

        assertThat(lane("interactive").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(lane("interactive").takeSnapshot().histogramCounts()).hasSizeGreaterThan(8);
        assertThat(lane("bulk").count()).isZero();
    }

    private void growth(RecordingRow.State from, RecordingRow.State to) {
        long before = StoreGrowth.storedBytes(SampleRows.row(from));
        new StoreGrowth(meters).changed(before, SampleRows.row(to));
    }

    private double recordings(String change) {
        return meters.get("earshot.store.recordings")
                .tag("change", change)
                .counter()
                .count();
    }

    private double bytes(String change) {
        return meters.get("earshot.store.audio").tag("change", change).counter().count();
    }

    private Timer lane(String lane) {
        return meters.get("earshot.fetch.claim.to.ready").tag("lane", lane).timer();
    }
}
