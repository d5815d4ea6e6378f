package dev.earshot.fetcher.peaks;

import static dev.earshot.fetcher.peaks.Sounds.RATE;
import static dev.earshot.fetcher.peaks.Sounds.join;
import static dev.earshot.fetcher.peaks.Sounds.samples;
import static dev.earshot.fetcher.peaks.Sounds.steady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveformTest {
    @ParameterizedTest(name = "{0} ms have {1} buckets a second")
    @CsvSource({
        "1,20",
        "1800000,20",
        "1800001,10",
        "3600000,10",
        "3600001,5",
        "7200000,5",
        "7200001,2",
        "10800000,2",
        "18000000,2",
        "18000001,1",
        "36000000,1"
    })
    void theFinestThatFitsIsTaken(long durationMillis, int bucketsPerSecond) {
        assertThat(Waveform.bucketsPerSecond(durationMillis)).isEqualTo(OptionalInt.of(bucketsPerSecond));
    }

    @Test
    void whatIsLongerThanTenHoursHasNoWaveform() {
        assertThat(Waveform.isPossible(36_000_000)).isTrue();
        assertThat(Waveform.isPossible(36_000_001)).isFalse();
        assertThatThrownBy(() -> new Waveform(36_000_001, 1, RATE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void thereAreNeverTooManyBuckets(@ForAll @LongRange(min = 1, max = 36_000_000) long durationMillis) {
        int[] peaks = Drawn.of(new Waveform(durationMillis, 1, RATE)).peaks(0);

        assertThat(peaks.length).isBetween(1, Waveform.MOST_BUCKETS);
        assertThat(peaks.length
                        * 1000L
                        / Waveform.bucketsPerSecond(durationMillis).orElseThrow())
                .isBetween(durationMillis - 1, durationMillis + 1000);
    }

    @Test
    void eachChannelHasTheLoudestOfEachBucket() throws IOException {
        Waveform waveform = new Waveform(100, 2, RATE);

        long frames = read(
                waveform,
                join(steady(399, 0, 100), samples(16_384, -100), steady(399, -1000, 0), samples(-32_768, 32_767)));

        assertThat(frames).isEqualTo(800);
        assertThat(Drawn.of(waveform).peaks(0)).containsExactly(128, 255);
        assertThat(Drawn.of(waveform).peaks(1)).containsExactly(1, 255);
    }

    @Test
    void theLastFrameOfABucketIsStillIts() throws IOException {
        Waveform waveform = new Waveform(150, 1, RATE);

        read(waveform, join(steady(399, 0), samples(32_767), steady(399, 0), samples(16_384), steady(400, 0)));

        assertThat(Drawn.of(waveform).peaks(0)).containsExactly(255, 128, 0);
    }

    @Test
    void aRateThatNoBucketDividesLosesNothing() throws IOException {
        Waveform waveform = new Waveform(1000, 1, 11_025);

        read(waveform, join(steady(11_024, 0), samples(32_767)));

        int[] peaks = Drawn.of(waveform).peaks(0);
        assertThat(peaks).hasSize(20).endsWith(255);
        assertThat(Arrays.stream(peaks).sum()).isEqualTo(255);
    }

    @Test
    void whatComesBeyondThePlayingTimeCountsForTheLastBucket() throws IOException {
        Waveform waveform = new Waveform(100, 1, RATE);

        read(waveform, join(steady(4000, 0), samples(32_767)));

        assertThat(Drawn.of(waveform).peaks(0)).containsExactly(0, 255);
    }

    @Test
    void whatNeverComesIsSilence() throws IOException {
        Waveform waveform = new Waveform(200, 1, RATE);

        read(waveform, steady(400, 32_767));

        assertThat(Drawn.of(waveform).peaks(0)).containsExactly(255, 0, 0, 0);
    }

    @Test
    void halfAFrameAtTheEndIsNone() throws IOException {
        Waveform waveform = new Waveform(50, 2, RATE);

        long frames = read(waveform, join(samples(1, 2), samples(32_767)));

        assertThat(frames).isEqualTo(1);
        assertThat(Drawn.of(waveform).peaks(0)).containsExactly(0);
    }

    @Test
    void theDocumentIsAsPromisedToPlayers() throws IOException {
        Waveform waveform = new Waveform(100, 2, RATE);

        read(waveform, steady(800, 16_384, -32_768));

        assertThat(waveform.toJson())
                .isEqualTo("{\"version\":1,\"durationMillis\":100,\"bucketsPerSecond\":20,"
                        + "\"channels\":[{\"peaks\":\"gIA=\"},{\"peaks\":\"//8=\"}]}");
    }

    @Test
    void whoeverNoLongerWantsItIsHeardBetweenTwoBlocks() {
        Waveform waveform = new Waveform(3_600_000, 1, RATE);
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> waveform.read(endless(), () -> asked.incrementAndGet() < 3))
                .isInstanceOf(CancellationException.class);

        assertThat(asked).hasValue(3);
    }

    private static long read(Waveform waveform, byte[] samples) throws IOException {
        return waveform.read(new ByteArrayInputStream(samples), () -> true);
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };
    }
}
