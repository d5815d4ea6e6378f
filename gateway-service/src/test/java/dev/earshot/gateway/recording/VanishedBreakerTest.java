package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class VanishedBreakerTest {
    private final Hand clock = new Hand();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final VanishedBreaker breaker = new VanishedBreaker(3, clock, meters);

    @Test
    void onlySoManyObjectsMayVanishInAMinute() {
        assertThat(breaker.allows(recording(1), 1)).isTrue();
        assertThat(breaker.allows(recording(2), 1)).isTrue();
        assertThat(breaker.allows(recording(3), 1)).isTrue();

        assertThat(breaker.allows(recording(4), 1)).isFalse();
    }

    @Test
    void manyWhoMissTheSameObjectAreOne() {
        for (int i = 0; i < 500; i++) {
            assertThat(breaker.allows(recording(1), 1)).isTrue();
        }

        assertThat(breaker.allows(recording(2), 1)).isTrue();
    }

    @Test
    void theNextGenerationIsAnotherObject() {
        for (int generation = 1; generation <= 3; generation++) {
            assertThat(breaker.allows(recording(1), generation)).isTrue();
        }

        assertThat(breaker.allows(recording(1), 4)).isFalse();
    }

    @Test
    void afterAMinuteOthersMayVanishAgain() {
        onlySoManyObjectsMayVanishInAMinute();

        clock.now = clock.now.plus(Duration.ofSeconds(61));

        assertThat(breaker.allows(recording(4), 1)).isTrue();
    }

    @Test
    void metricsTellWhatVanishedAndWhetherItIsOpen() {
        assertThat(open()).isZero();
        onlySoManyObjectsMayVanishInAMinute();

        assertThat(open()).isEqualTo(1);
        assertThat(count("accepted")).isEqualTo(3);
        assertThat(count("refused")).isEqualTo(1);

        clock.now = clock.now.plus(Duration.ofSeconds(61));

        assertThat(open()).isZero();
    }

    private double open() {
        return meters.get("earshot.store.vanished.breaker.open").gauge().value();
    }

    private double count(String result) {
        return meters.get("earshot.store.vanished")
                .tag("result", result)
                .counter()
                .count();
    }

    private static RecordingKey recording(int number) {
        return new RecordingKey(new Tenant("acme"), new RecordingSid("RE" + "%032x".formatted(number)));
    }

    /** A clock that is set by hand. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
