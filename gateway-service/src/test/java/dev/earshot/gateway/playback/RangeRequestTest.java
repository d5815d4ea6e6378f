package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
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
        assertThat(RangeRequest.of(Optional.of(header), SIZE))
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
        assertThat(RangeRequest.of(Optional.of(header), SIZE)).isInstanceOf(RangeRequest.Unsatisfiable.class);
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
                "none",
                "bytes=١-٢"
            })
    void ignored(String header) {
        assertThat(RangeRequest.of(Optional.of(header), SIZE)).isInstanceOf(RangeRequest.Whole.class);
    }

    @Test
    void absentMeansEverything() {
        assertThat(RangeRequest.of(Optional.empty(), SIZE)).isInstanceOf(RangeRequest.Whole.class);
    }

    @Test
    void severalKeepTheOrderAsked() {
        RangeRequest asked = RangeRequest.of(Optional.of("bytes=500-600, 0-0 ,-1"), SIZE);

        assertThat(asked)
                .isEqualTo(new RangeRequest.Several(
                        java.util.List.of(new ByteRange(500, 600), new ByteRange(0, 0), new ByteRange(999, 999))));
    }

    @Test
    void tooManyAreIgnored() {
        String header = "bytes=" + "0-0,".repeat(17);

        assertThat(RangeRequest.of(Optional.of(header), SIZE)).isInstanceOf(RangeRequest.Whole.class);
    }

    @Test
    void oneByteIsServedWhole() {
        assertThat(RangeRequest.of(Optional.of("bytes=0-"), 1)).isEqualTo(new RangeRequest.Part(new ByteRange(0, 0)));
    }
}
