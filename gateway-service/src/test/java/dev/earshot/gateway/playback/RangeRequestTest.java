package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 14 as a table; the representation has 1000 bytes. */
class RangeRequestTest {
    private static final long SIZE = 1000;

    @ParameterizedTest(name = "{0} means {1}-{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0|0|0",
                "bytes=0-1|0|1",
                "bytes=0-499|0|499",
                "bytes=500-999|500|999",
                "bytes=999-999|999|999",
                "bytes=0-|0|999",
                "bytes=999-|999|999",
                "bytes=500-|500|999",
                "bytes=-1|999|999",
                "bytes=-500|500|999",
                "bytes=-1000|0|999",
                "bytes=-1001|0|999",
                "bytes=-99999999999999999999999|0|999",
                "bytes=0-1000|0|999",
                "bytes=0-99999999999999999999999|0|999",
                "bytes=998-9223372036854775807|998|999",
                "bytes=998-9223372036854775808|998|999",
                "bytes=007-008|7|8",
                "BYTES=1-2|1|2",
                "Bytes=1-2|1|2",
                "bytes= 1-2 |1|2",
                "bytes=,1-2,|1|2",
                "bytes=1-2,5000-6000|1|2",
                "bytes=5000-,-2|998|999",
                "bytes=1-2,-0|1|2"
            })
    void oneRange(String header, long first, long last) {
        assertThat(RangeRequest.of(Optional.of(header), SIZE, 16))
                .isEqualTo(new RangeRequest.Part(new ByteRange(first, last)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=1000-",
                "bytes=1000-1000",
                "bytes=1000-2000",
                "bytes=-0",
                "bytes=-00",
                "bytes=99999999999999999999999-",
                "bytes=9223372036854775807-",
                "bytes=1000-1001,2000-2001",
                "bytes=-0,5000-"
            })
    void nothingInside(String header) {
        assertThat(RangeRequest.of(Optional.of(header), SIZE, 16)).isInstanceOf(RangeRequest.Unsatisfiable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "bytes=2-1",
                "bytes=99999999999999999999999-99999999999999999999998",
                "bytes=1-2-3",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=1 - 2",
                "bytes=0x1-0x2",
                "bytes=1.5-2",
                "bytes=1-2,x",
                "bytes=1-2;3-4",
                "items=0-1",
                "octets=0-1",
                "=0-1",
                "0-1",
                "bytes:0-1",
                "bytes =0-1",
                "bytes\t=0-1",
                "none",
                "bytes=١-٢"
            })
    void ignored(String header) {
        assertThat(RangeRequest.of(Optional.of(header), SIZE, 16)).isInstanceOf(RangeRequest.Whole.class);
    }

    @Test
    void absentMeansEverything() {
        assertThat(RangeRequest.of(Optional.empty(), SIZE, 16)).isInstanceOf(RangeRequest.Whole.class);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=500-600, 0-0 ,-1|500-600 0-0 999-999",
                "bytes=0-0,2-2|0-0 2-2",
                "bytes=2-2,0-0|2-2 0-0",
                "bytes=0-0,2-2,5000-|0-0 2-2",
                "bytes=0-9,5-20,30-|0-20 30-999",
                "bytes=30-,5-20,0-9|30-999 0-20",
                "bytes=5-5,100-200,6-6|5-6 100-200",
                "bytes=0-99999999999999999999999,0-0,-0|0-999",
                "bytes=0-1,2-3|0-3",
                "bytes=2-3,0-1|0-3",
                "bytes=0-0,0-0|0-0",
                "bytes=0-,-1|0-999",
                "bytes=0-499,500-999|0-999",
                "bytes=0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-|0-999"
            })
    void severalAreJoinedAndKeepTheOrderAsked(String header, String ranges) {
        List<ByteRange> expected = Stream.of(ranges.split(" "))
                .map(range -> range.split("-"))
                .map(ends -> new ByteRange(Long.parseLong(ends[0]), Long.parseLong(ends[1])))
                .toList();

        assertThat(RangeRequest.of(Optional.of(header), SIZE, 16))
                .isEqualTo(
                        expected.size() == 1
                                ? new RangeRequest.Part(expected.get(0))
                                : new RangeRequest.Several(expected));
    }

    @Test
    void moreThanTheCapIsTheWhole() {
        assertThat(RangeRequest.of(Optional.of("bytes=0-0,2-2,4-4"), SIZE, 3)).isInstanceOf(RangeRequest.Several.class);
        assertThat(RangeRequest.of(Optional.of("bytes=0-0,2-2,4-4,6-6"), SIZE, 3))
                .isInstanceOf(RangeRequest.Whole.class);
    }

    /** What does not lie inside costs nothing, and neither does what is asked twice. */
    @Test
    void theCapCountsWhatIsSent() {
        assertThat(RangeRequest.of(Optional.of("bytes=0-0,2-2,4-4,5000-,0-0"), SIZE, 3))
                .isInstanceOf(RangeRequest.Several.class);
        assertThat(RangeRequest.of(Optional.of("bytes=" + "0-0,".repeat(4000)), SIZE, 1))
                .isEqualTo(new RangeRequest.Part(new ByteRange(0, 0)));
    }

    @ParameterizedTest(name = "{0} of nothing is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-|Whole",
                "bytes=0-0|Whole",
                "bytes=-1|Whole",
                "bytes=-99999999999999999999999|Whole",
                "bytes=5-,0-|Whole",
                "bytes=1-|Unsatisfiable",
                "bytes=-0|Unsatisfiable",
                "bytes=5-9,-0|Unsatisfiable",
                "bytes=x|Whole"
            })
    void ofARepresentationWithoutAByte(String header, String answer) {
        assertThat(RangeRequest.of(Optional.of(header), 0, 16).getClass().getSimpleName())
                .isEqualTo(answer);
    }

    /** Against the definition: the same bytes, no two ranges that touch, each where its first byte was asked. */
    @Test
    void joiningLosesAndInventsNothing() {
        Random random = new Random(9110);
        for (int round = 0; round < 2000; round++) {
            List<ByteRange> asked = Stream.generate(() -> random.nextInt(60))
                    .limit(random.nextInt(1, 12))
                    .map(first -> new ByteRange(first, first + random.nextInt(8)))
                    .toList();

            List<ByteRange> joined = ByteRange.joined(asked);

            assertThat(bytes(joined)).isEqualTo(bytes(asked));
            for (ByteRange one : joined) {
                assertThat(joined).filteredOn(other -> other != one).noneMatch(other -> touch(one, other));
            }
            assertThat(joined.stream().map(range -> place(asked, range))).isSorted();
        }
    }

    private static BitSet bytes(List<ByteRange> ranges) {
        BitSet bytes = new BitSet();
        ranges.forEach(range -> bytes.set((int) range.first(), (int) range.last() + 1));
        return bytes;
    }

    private static boolean touch(ByteRange one, ByteRange other) {
        return one.first() <= other.last() + 1 && other.first() <= one.last() + 1;
    }

    private static int place(List<ByteRange> asked, ByteRange joined) {
        return IntStream.range(0, asked.size())
                .filter(i -> touch(asked.get(i), joined))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneByteIsServedWhole() {
        assertThat(RangeRequest.of(Optional.of("bytes=0-"), 1, 16))
                .isEqualTo(new RangeRequest.Part(new ByteRange(0, 0)));
    }
}
