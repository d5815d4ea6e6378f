package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.recording.DueWork.Lease;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
    @Test
    void itIsOursForItsTime() {
        assertThat(Lease.of(Duration.ofHours(1)).isOver()).isFalse();
    }

    @Test
    void itIsOverAfterThat() {
        assertThat(Lease.of(Duration.ZERO).isOver()).isTrue();
    }
}
