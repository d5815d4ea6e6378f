package dev.earshot.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Tenant;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Tenant ACME = new Tenant("acme");
    private static final Tenant GLOBEX = new Tenant("globex");

    private final Hand clock = new Hand();
    private final RateLimits limits = new RateLimits(60, 3, 2, clock);

    @Test
    void aBurstIsTakenAndThenARequestForEachSecond() {
        take(ACME, 3);

        assertThat(limits.take(ACME)).contains(Duration.ofSeconds(1));

        clock.forward(Duration.ofMillis(400));
        assertThat(limits.take(ACME)).contains(Duration.ofMillis(600));
        clock.forward(Duration.ofMillis(600));
        take(ACME, 1);
        assertThat(limits.take(ACME)).contains(Duration.ofSeconds(1));
    }

    @Test
    void whatWasRefusedCostsNothing() {
        take(ACME, 3);
        for (int i = 0; i < 100; i++) {
            assertThat(limits.take(ACME)).isPresent();
        }

        clock.forward(Duration.ofSeconds(1));

        take(ACME, 1);
    }

    @Test
    void nobodyPaysForAnother() {
        take(ACME, 3);
        assertThat(limits.take(ACME)).isPresent();

        take(GLOBEX, 3);
    }

    @Test
    void aPauseFillsABurstAndNoMore() {
        take(ACME, 3);
        clock.forward(Duration.ofHours(1));
        take(ACME, 3);

        assertThat(limits.take(ACME)).isPresent();
    }

    @Test
    void memoryIsBoundedByForgettingWhoAskedLeastRecently() {
        take(ACME, 3);
        for (int i = 0; i < 1000; i++) {
            take(new Tenant("t" + i), 1);
        }

        assertThat(limits.tenants()).isEqualTo(2);
        take(ACME, 3);
    }

    private void take(Tenant tenant, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(limits.take(tenant)).isEmpty();
        }
    }

    private static final class Hand implements TimeMeter {
        private long nanos;

        void forward(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
