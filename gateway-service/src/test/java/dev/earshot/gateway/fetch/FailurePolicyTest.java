package dev.earshot.gateway.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.FailureReason;
import dev.earshot.gateway.recording.FetchConfig;
import dev.earshot.gateway.recording.Next;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of failures in docs/design.md, row by row, with the defaults. */
class FailurePolicyTest {
    private static final Duration NOT_LONG = Duration.ofHours(24).minusMillis(1);
    private static final Next.SoFar FIRST = new Next.SoFar(0, 0, 0, NOT_LONG);
    private static final double MIDDLE = 0.5;

    /** What the first failure of each reason leads to: counted as the fetcher says, the pause, and what a click cannot skip. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "NOT_READY_YET,      false, PT2S,  PT2S, false",
        "UNAUTHORIZED,       true,  PT1M,  PT1M, false",
        "RATE_LIMITED,       false, PT2S,  PT2S, false",
        "ACCOUNT_BUSY,       false, PT2S,  PT2S, false",
        "UPSTREAM_ERROR,     true,  PT2S,  PT2S, false",
        "UPSTREAM_TIMEOUT,   true,  PT2S,  PT2S, false",
        "TRUNCATED,          true,  PT2S,  PT2S, false",
        "NOT_AUDIO,          true,  PT2S,  PT2S, false",
        "REDIRECT_REFUSED,   true,  PT2S,  PT2S, false",
        "STORE_UNAVAILABLE,  true,  PT2S,  PT2S, false",
        "STORE_CONFLICT,     true,  PT2S,  PT2S, true",
        "STORE_MISMATCH,     true,  PT2S,  PT2S, false",
        "ATTEMPTS_EXHAUSTED, true,  PT2S,  PT2S, false",
    })
    void whatMayPassIsTriedAgain(
            FailureReason reason, boolean counted, Duration after, Duration clickAfter, boolean newGeneration) {
        Next next = policy(MIDDLE).after(FIRST, reason, counted, Duration.ZERO);

        assertThat(next).isEqualTo(new Next.Retry(reason, counted, after, clickAfter, newGeneration));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureReason.class,
            names = {"SOURCE_DELETED", "ABSENT", "ENCRYPTED", "TOO_LARGE"})
    void whatWillNeverPassIsFinal(FailureReason reason) {
        Next next = policy(MIDDLE).after(FIRST, reason, false, Duration.ofMinutes(1));

        assertThat(next).isEqualTo(new Next.GiveUp(reason, true, Duration.ZERO));
    }

    @ParameterizedTest(name = "after {0} failures: {1} to {2}")
    @CsvSource({
        "0, PT1.6S, PT2.4S",
        "1, PT3.2S, PT4.8S",
        "2, PT6.4S, PT9.6S",
        "6, PT1M42.4S, PT2M33.6S",
        "7, PT3M20S, PT5M",
        "30, PT3M20S, PT5M",
        "2000, PT3M20S, PT5M",
    })
    void pausesDoubleWithinTheirSpreadAndNeverPassTheCap(int failures, Duration least, Duration most) {
        Next.SoFar soFar = new Next.SoFar(failures, 0, 0, NOT_LONG);

        assertThat(pause(policy(0), soFar, true)).isEqualTo(least);
        assertThat(pause(policy(1), soFar, true)).isEqualTo(most);
    }

    @Test
    void whatDoesNotCountIsSoonOverAndWaitsLess() {
        Next.SoFar soFar = new Next.SoFar(50, 0, 0, NOT_LONG);

        assertThat(pause(policy(1), soFar, false)).isEqualTo(Duration.ofSeconds(30));
        assertThat(pause(policy(0), soFar, false)).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureReason.class,
            names = {"NOT_READY_YET", "RATE_LIMITED", "ACCOUNT_BUSY"})
    void whatDoesNotCountNeverExhaustsTheAttempts(FailureReason reason) {
        Next next = policy(MIDDLE).after(new Next.SoFar(500, 9, 0, NOT_LONG), reason, false, Duration.ZERO);

        assertThat(next).isInstanceOf(Next.Retry.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureReason.class,
            names = {"NOT_READY_YET", "RATE_LIMITED", "ACCOUNT_BUSY", "UPSTREAM_ERROR"})
    void whatFailsForADayIsGivenUpWithItsReasonForTheCoolDownWhateverIsCounted(FailureReason reason) {
        Next next = policy(MIDDLE)
                .after(new Next.SoFar(500, 5, 0, Duration.ofHours(24)), reason, false, Duration.ofMinutes(1));

        assertThat(next).isEqualTo(new Next.GiveUp(reason, false, Duration.ofMinutes(15)));
    }

    @Test
    void everyReasonThatCountsIsGivenUpAtTheTenthForTheCoolDown() {
        Next.SoFar nine = new Next.SoFar(9, 9, 0, NOT_LONG);

        assertThat(Arrays.stream(FailureReason.values())
                        .filter(reason -> reason != FailureReason.NOT_AUDIO)
                        .map(reason -> policy(MIDDLE).after(nine, reason, true, Duration.ZERO))
                        .filter(next -> !((Next.GiveUp) next).isFinal()))
                .hasSize(12)
                .containsOnly(new Next.GiveUp(FailureReason.ATTEMPTS_EXHAUSTED, false, Duration.ofMinutes(15)));
    }

    @Test
    void theNinthIsStillTriedAgain() {
        Next next = policy(MIDDLE)
                .after(new Next.SoFar(8, 8, 0, NOT_LONG), FailureReason.UPSTREAM_ERROR, true, Duration.ZERO);

        assertThat(next).isInstanceOf(Next.Retry.class);
    }

    @ParameterizedTest(name = "after {0} that were no audio: final {1}")
    @CsvSource({"0, false", "1, false", "2, true", "7, true"})
    void threeAnswersThatAreNoAudioAreFinal(int notAudio, boolean isFinal) {
        Next next = policy(MIDDLE)
                .after(
                        new Next.SoFar(notAudio, notAudio, notAudio, NOT_LONG),
                        FailureReason.NOT_AUDIO,
                        true,
                        Duration.ZERO);

        assertThat(next instanceof Next.GiveUp given && given.isFinal()).isEqualTo(isFinal);
        assertThat(next instanceof Next.Retry).isEqualTo(!isFinal);
    }

    @ParameterizedTest(name = "Retry-After {0} after {1} failures")
    @CsvSource({
        "PT0S,   0, PT2S,    PT2S",
        "PT1S,   0, PT2S,    PT2S",
        "PT20S,  0, PT20S,   PT20S",
        "PT20S, 20, PT25S,   PT20S",
        "PT1H,   0, PT1H,    PT1H",
        "P7D,    0, PT1H,    PT1H",
    })
    void retryAfterIsObeyedByClicksTooAndBelievedUpToAnHour(
            Duration asked, int failures, Duration after, Duration clickAfter) {
        Next.Retry next = (Next.Retry) policy(MIDDLE)
                .after(new Next.SoFar(failures, 0, 0, NOT_LONG), FailureReason.RATE_LIMITED, false, asked);

        assertThat(next.after()).isEqualTo(after);
        assertThat(next.clickAfter()).isEqualTo(clickAfter);
    }

    @Test
    void noClickSkipsThePauseOfRefusedCredentials() {
        Next.Retry late = (Next.Retry) policy(MIDDLE)
                .after(new Next.SoFar(8, 8, 0, NOT_LONG), FailureReason.UNAUTHORIZED, true, Duration.ZERO);

        assertThat(late.after()).isEqualTo(Duration.ofMinutes(4).plusSeconds(10));
        assertThat(late.clickAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"UPSTREAM_ERROR, true, PT10S", "RATE_LIMITED, false, PT10S", "NOT_READY_YET, false, PT2S"})
    void aClickSkipsALongPauseButForAFloor(FailureReason reason, boolean counted, Duration floor) {
        Next.Retry next =
                (Next.Retry) policy(MIDDLE).after(new Next.SoFar(8, 0, 0, NOT_LONG), reason, counted, Duration.ZERO);

        assertThat(next.after()).isGreaterThan(floor);
        assertThat(next.clickAfter()).isEqualTo(floor);
    }

    private static Duration pause(FailurePolicy policy, Next.SoFar soFar, boolean counted) {
        FailureReason reason = counted ? FailureReason.UPSTREAM_ERROR : FailureReason.ACCOUNT_BUSY;
        return ((Next.Retry) policy.after(soFar, reason, counted, Duration.ZERO)).after();
    }

    private static FailurePolicy policy(double chance) {
        return new FailurePolicy(
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withMapping(FetchConfig.class)
                        .build()
                        .getConfigMapping(FetchConfig.class),
                () -> chance);
    }
}
