package dev.earshot.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void ranksAreTheNearestOnes() {
        Distribution hundred = new Distribution(
                LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray());

        assertThat(hundred.micros(0.5)).isEqualTo(50);
        assertThat(hundred.micros(0.95)).isEqualTo(95);
        assertThat(hundred.micros(0.99)).isEqualTo(99);
        assertThat(hundred.maxMicros()).isEqualTo(100);
    }

    @Test
    void oneIsEveryRank() {
        Distribution one = new Distribution(new long[] {7});

        assertThat(one.micros(0.01)).isEqualTo(7);
        assertThat(one.maxMicros()).isEqualTo(7);
    }

    @Test
    void nothingIsZero() {
        assertThat(new Distribution(new long[0]).maxMicros()).isZero();
    }
}
