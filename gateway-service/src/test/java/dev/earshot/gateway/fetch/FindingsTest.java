package dev.earshot.gateway.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.recording.DueWork.Pending;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final List<String> FOUND = List.of(
            "earshot.announcements.pending",
            "earshot.announcements.oldest",
            "earshot.purges.pending",
            "earshot.purges.oldest",
            "earshot.sweeper.lag.seconds",
            "earshot.promises.open",
            "earshot.promises.oldest.seconds");
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = START;
    private final Findings findings = new Findings(meters, () -> now);

    @Test
    void what_the_last_sweep_found_is_told() {
        findings.swept(new Pending(1, 2, 3, 4, 5, 6, 7));
        now = START.plusSeconds(60);

        assertThat(FOUND).extracting(this::gauge).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
    }

    @Test
    void a_replica_whose_sweeps_hang_tells_nothing_of_the_work_but_when_it_last_swept() {
        findings.swept(new Pending(1, 2, 3, 4, 5, 6, 7));
        now = START.plusSeconds(61);

        assertThat(FOUND).extracting(this::gauge).containsOnly(Double.NaN);
        assertThat(gauge("earshot.sweeper.last.sweep.timestamp.seconds")).isEqualTo(START.getEpochSecond());
    }

    @Test
    void it_speaks_again_after_the_next_sweep() {
        now = START.plusSeconds(600);
        findings.swept(new Pending(1, 2, 3, 4, 5, 6, 7));

        assertThat(FOUND).extracting(this::gauge).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
    }

    @Test
    void ages_are_in_seconds() {
        assertThat(meters.get("earshot.announcements.oldest").gauge().getId().getBaseUnit())
                .isEqualTo("seconds");
        assertThat(meters.get("earshot.purges.oldest").gauge().getId().getBaseUnit())
                .isEqualTo("seconds");
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
