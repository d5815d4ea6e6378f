package dev.earshot.gateway.info;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.recording.PageQuery.Filter;
import dev.earshot.gateway.recording.PageQuery.Position;
import dev.earshot.gateway.recording.PageQuery.State;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final Filter NONE =
            new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Position POSITION = new Position(
            Instant.parse("2026-03-04T05:06:07.123456Z"), new RecordingSid("RE" + "0123456789abcdefABCDEF0123456789"));

    @Test
    void whatIsWrittenIsReadToTheMicrosecond() {
        String text = Cursor.write(NONE, POSITION);

        assertThat(Cursor.read(NONE, text)).isEqualTo(new Cursor.Read.Of(POSITION));
        assertThat(text).matches("[A-Za-z0-9_-]{68}");
    }

    @Test
    void timesBeforeTheEpochHaveAPlace() {
        Position early = new Position(Instant.parse("1969-12-31T23:59:59.999999Z"), POSITION.recordingSid());

        assertThat(Cursor.read(NONE, Cursor.write(NONE, early))).isEqualTo(new Cursor.Read.Of(early));
    }

    @Test
    void itBelongsToItsFilter() {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        List<Filter> filters = List.of(
                NONE,
                new Filter(
                        Optional.of(new CallSid("CA" + "1".repeat(32))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Filter(
                        Optional.empty(),
                        Optional.of(State.FAILED),
                        Optional.of(FailureReason.TRUNCATED),
                        Optional.empty(),
                        Optional.empty()),
                new Filter(
                        Optional.empty(),
                        Optional.of(State.READY),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Filter(
                        Optional.empty(),
                        Optional.of(State.FAILED),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(time), Optional.empty()),
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(time)));

        for (Filter written : filters) {
            for (Filter read : filters) {
                assertThat(Cursor.read(read, Cursor.write(written, POSITION)))
                        .isEqualTo(
                                read.equals(written) ? new Cursor.Read.Of(POSITION) : new Cursor.Read.OfOtherFilter());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "====", "AAAA", "%00", "é", "'; drop table recording; --"})
    void whatIsNoneIsMalformed(String text) {
        assertThat(Cursor.read(NONE, text)).isEqualTo(new Cursor.Read.Malformed());
    }

    @Test
    void whatHasTheLengthAndNothingElseIsMalformed() {
        byte[] version = bytes();
        version[0] = 2;
        byte[] sid = bytes();
        sid[10] = '*';
        byte[] time = bytes();
        ByteBuffer.wrap(time).putLong(1, Long.MAX_VALUE);

        for (byte[] wrong : List.of(version, sid, time)) {
            assertThat(Cursor.read(NONE, Base64.getUrlEncoder().withoutPadding().encodeToString(wrong)))
                    .isEqualTo(new Cursor.Read.Malformed());
        }
    }

    private static byte[] bytes() {
        return Base64.getUrlDecoder().decode(Cursor.write(NONE, POSITION));
    }
}
