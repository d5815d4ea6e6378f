package dev.earshot.gateway.recording;

import static dev.earshot.gateway.recording.SampleRows.NOW;
import static dev.earshot.gateway.recording.SampleRows.WEEK;
import static dev.earshot.gateway.recording.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Lane;
import dev.earshot.gateway.recording.RecordingRow.State;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningTest {
    @ParameterizedTest(name = "{0}, lane {1}: {2}")
    @CsvSource({
        "REGISTERED, INTERACTIVE, Claim",
        "FETCHING,   INTERACTIVE, Preparing",
        "FETCHING,   BULK,        Flip",
        "WAITING,    INTERACTIVE, Claim",
        "WAITING,    BULK,        Claim",
        "READY,      INTERACTIVE, Playable",
        "READY,      BULK,        Playable",
        "FAILED,     INTERACTIVE, Unavailable",
        "EVICTED,    INTERACTIVE, Claim",
        "DELETED,    INTERACTIVE, Gone",
    })
    void eachStateIsAnsweredOrClaimed(State state, Lane lane, String expected) {
        RecordingRow row = row(state);
        row.lane = lane;

        assertThat(name(step(row))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "lane {0}, not before {1} s: {2}")
    @CsvSource({
        "INTERACTIVE,   , Claim",
        "INTERACTIVE, -1, Claim",
        "INTERACTIVE,  0, Claim",
        "INTERACTIVE,  1, Preparing",
        "BULK,          , Claim",
        "BULK,         0, Claim",
        "BULK,         1, Hurry",
    })
    void aWaitingRowIsClaimedUnlessTwilioAskedToBeLeftAlone(Lane lane, @Nullable Long notBefore, String expected) {
        RecordingRow row = row(State.WAITING);
        row.lane = lane;
        row.notBefore = notBefore == null ? null : NOW.plusSeconds(notBefore);

        assertThat(name(step(row))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "final {0}, claimable in {1} s: {2}, retryable {3}")
    @CsvSource({
        "false,  1, Unavailable, true",
        "false,  0, Claim,",
        "false, -1, Claim,",
        "true,   1, Unavailable, false",
        "true,  -1, Unavailable, false",
    })
    void aFailureIsToldUntilItsCoolDownIsOver(
            boolean isFinal, long claimable, String expected, @Nullable Boolean retryable) {
        RecordingRow row = row(State.FAILED);
        row.failedForGood = isFinal;
        row.claimableAt = NOW.plusSeconds(claimable);

        Listening.Step step = step(row);

        assertThat(name(step)).isEqualTo(expected);
        if (step instanceof Listening.Step.Answer(Playability.Unavailable told)) {
            assertThat(told.retryable()).isEqualTo(retryable);
        }
    }

    /** A promised fetch stays promised, and what was stored once may be fetched as long as Twilio has it. */
    @ParameterizedTest(name = "{0} began {1} hours ago: {2}")
    @CsvSource({
        "REGISTERED, 168, Claim",
        "REGISTERED, 169, Expired",
        "FAILED,     168, Claim",
        "FAILED,     169, Expired",
        "FETCHING,   169, Preparing",
        "WAITING,    169, Claim",
        "READY,      169, Playable",
        "EVICTED,    169, Claim",
        "DELETED,    169, Gone",
    })
    void expiryIsJudgedOnlyWhereAClaimWouldBegin(State state, long hours, String expected) {
        RecordingRow row = row(state);
        row.startedAt = NOW.minus(Duration.ofHours(hours));
        if (state == State.FAILED) {
            row.claimableAt = NOW;
        }

        assertThat(name(step(row))).isEqualTo(expected);
    }

    @Test
    void whoseBeginningIsUnknownCountsFromItsRegistration() {
        RecordingRow row = row(State.REGISTERED);
        row.createdAt = NOW.minus(WEEK).minusSeconds(1);

        assertThat(name(step(row))).isEqualTo("Expired");
    }

    private static Listening.Step step(RecordingRow row) {
        return Listening.step(row, Rows.recording(row, NOW), WEEK);
    }

    private static String name(Listening.Step step) {
        return (step instanceof Listening.Step.Answer(Playability told) ? told : step)
                .getClass()
                .getSimpleName();
    }
}
