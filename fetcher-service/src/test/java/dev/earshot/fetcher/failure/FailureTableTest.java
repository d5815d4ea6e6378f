package dev.earshot.fetcher.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.FailureReason;
import dev.earshot.fetcher.failure.Trouble.AccountBusy;
import dev.earshot.fetcher.failure.Trouble.ConnectionFailed;
import dev.earshot.fetcher.failure.Trouble.CutShort;
import dev.earshot.fetcher.failure.Trouble.NoMedia;
import dev.earshot.fetcher.failure.Trouble.NotAudio;
import dev.earshot.fetcher.failure.Trouble.RedirectRefused;
import dev.earshot.fetcher.failure.Trouble.RefusedAnswer;
import dev.earshot.fetcher.failure.Trouble.SpoolFailed;
import dev.earshot.fetcher.failure.Trouble.SpoolFull;
import dev.earshot.fetcher.failure.Trouble.StoreConflict;
import dev.earshot.fetcher.failure.Trouble.StoreFailed;
import dev.earshot.fetcher.failure.Trouble.TimedOut;
import dev.earshot.fetcher.failure.Trouble.TooLarge;
import dev.earshot.fetcher.failure.Trouble.UnknownAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The failure table of the design, row by row. */
class FailureTableTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final boolean COUNTED = true;
    private static final boolean NOT_COUNTED = false;

    private final FailureTable table = new FailureTable(Duration.ofMinutes(10));

    static Stream<Arguments> rows() {
        return Stream.of(
                row(noMedia(new SourceState.Processing()), FailureReason.NOT_READY_YET, NOT_COUNTED),
                row(noMedia(completed(Duration.ofMinutes(9))), FailureReason.NOT_READY_YET, NOT_COUNTED),
                row(noMedia(completed(Duration.ofMinutes(11))), FailureReason.SOURCE_DELETED, COUNTED),
                row(noMedia(new SourceState.Completed(Optional.empty())), FailureReason.SOURCE_DELETED, COUNTED),
                row(noMedia(new SourceState.Deleted()), FailureReason.SOURCE_DELETED, COUNTED),
                row(noMedia(new SourceState.Unknown()), FailureReason.SOURCE_DELETED, COUNTED),
                row(noMedia(new SourceState.Absent(OptionalInt.of(16101))), FailureReason.ABSENT, COUNTED),
                row(answer(404, 16101), FailureReason.ABSENT, COUNTED),
                row(answer(404, 16102), FailureReason.ABSENT, COUNTED),
                row(answer(400, 16105), FailureReason.ABSENT, COUNTED),
                row(answer(400, 16109), FailureReason.ENCRYPTED, COUNTED),
                row(noMedia(new SourceState.Encrypted()), FailureReason.ENCRYPTED, COUNTED),
                row(answer(401, 20003), FailureReason.UNAUTHORIZED, COUNTED),
                row(answer(403, 0), FailureReason.UNAUTHORIZED, COUNTED),
                row(new UnknownAccount("add a file"), FailureReason.UNAUTHORIZED, COUNTED),
                row(answer(429, 0), FailureReason.RATE_LIMITED, NOT_COUNTED),
                row(answer(503, 20429), FailureReason.RATE_LIMITED, NOT_COUNTED),
                row(new AccountBusy("full", Optional.empty()), FailureReason.ACCOUNT_BUSY, NOT_COUNTED),
                row(answer(500, 0), FailureReason.UPSTREAM_ERROR, COUNTED),
                row(answer(503, 0), FailureReason.UPSTREAM_ERROR, COUNTED),
                row(answer(206, 0), FailureReason.UPSTREAM_ERROR, COUNTED),
                row(answer(418, 0), FailureReason.UPSTREAM_ERROR, COUNTED),
                row(new ConnectionFailed("refused"), FailureReason.UPSTREAM_ERROR, COUNTED),
                row(new TimedOut("silent"), FailureReason.UPSTREAM_TIMEOUT, COUNTED),
                row(new CutShort("1 of 2"), FailureReason.TRUNCATED, COUNTED),
                row(new NotAudio("html", OptionalInt.empty()), FailureReason.NOT_AUDIO, COUNTED),
                row(new TooLarge(10), FailureReason.TOO_LARGE, COUNTED),
                row(new RedirectRefused("foreign"), FailureReason.REDIRECT_REFUSED, COUNTED),
                row(new StoreFailed("down"), FailureReason.STORE_UNAVAILABLE, COUNTED),
                row(new SpoolFull("full"), FailureReason.STORE_UNAVAILABLE, COUNTED),
                row(new SpoolFailed("broken"), FailureReason.STORE_UNAVAILABLE, COUNTED),
                row(new StoreConflict("other bytes"), FailureReason.STORE_CONFLICT, COUNTED));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("rows")
    void eachTroubleHasItsRow(Trouble trouble, FailureReason reason, boolean counted) {
        Verdict verdict = table.classify(trouble, NOW);

        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.counted()).isEqualTo(counted);
        assertThat(verdict.detail()).isNotBlank();
    }

    @Test
    void everyReasonThatTheFetcherMayGiveHasARow() {
        Set<FailureReason> gateways = EnumSet.of(FailureReason.STORE_MISMATCH, FailureReason.ATTEMPTS_EXHAUSTED);

        Set<FailureReason> given =
                rows().map(row -> (FailureReason) row.get()[1]).collect(Collectors.toSet());

        assertThat(given).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(gateways)));
    }

    @Test
    void everyKindOfTroubleHasARow() {
        Set<Class<?>> troubles = rows().map(row -> row.get()[0].getClass()).collect(Collectors.toSet());

        assertThat(troubles).containsExactlyInAnyOrder(Trouble.class.getPermittedSubclasses());
    }

    @Test
    void retryAfterAndCodeAreHandedOn() {
        RefusedAnswer slowDown = new RefusedAnswer(429, OptionalInt.of(20429), Optional.of(Duration.ofSeconds(7)));

        Verdict verdict = table.classify(slowDown, NOW);

        assertThat(verdict.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(verdict.twilioCode()).hasValue(20429);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410, 422})
    void aClientErrorThatExplainsNothingNeedsTheMetadata(int status) {
        assertThat(FailureTable.metadataDecides(answer(status, 20404))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 401, 403, 429, 500, 503})
    void otherAnswersSpeakForThemselves(int status) {
        assertThat(FailureTable.metadataDecides(answer(status, 0))).isFalse();
    }

    @Test
    void aCodeThatExplainsItselfNeedsNoMetadata() {
        assertThat(FailureTable.metadataDecides(answer(400, 16109))).isFalse();
    }

    private static Arguments row(Trouble trouble, FailureReason reason, boolean counted) {
        return Arguments.of(trouble, reason, counted);
    }

    private static NoMedia noMedia(SourceState source) {
        return new NoMedia(source, OptionalInt.of(20404));
    }

    private static SourceState completed(Duration ago) {
        return new SourceState.Completed(Optional.of(NOW.minus(ago)));
    }

    private static RefusedAnswer answer(int status, int code) {
        return new RefusedAnswer(status, code == 0 ? OptionalInt.empty() : OptionalInt.of(code), Optional.empty());
    }
}
