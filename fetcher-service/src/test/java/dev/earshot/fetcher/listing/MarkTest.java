package dev.earshot.fetcher.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingSeen;
import dev.earshot.events.RecordingSid;
import dev.earshot.fetcher.twilio.ListedPage;
import dev.earshot.fetcher.twilio.ListedRecording;
import dev.earshot.fetcher.twilio.ListedRecording.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration OVERLAP = Duration.ofMinutes(15);
    private static final String NEXT = "/2010-04-01/Accounts/AC/Recordings.json?Page=1";

    private final Mark mark = new Mark(NOW.minusSeconds(600), NOW.minusSeconds(300), Optional.empty());
    private final Mark.Round round = mark.begin(NOW, OVERLAP);

    @Test
    void theFirstListGoesBackAsFarAsConfigured() {
        assertThat(Mark.first(NOW, DAY).begin(NOW, OVERLAP).from())
                .isEqualTo(NOW.minus(DAY).minus(OVERLAP));
    }

    @Test
    void aListOverlapsTheOneBeforeIt() {
        assertThat(round.from()).isEqualTo(mark.seenUntil().minus(OVERLAP));
        assertThat(round.to()).isEqualTo(NOW);
    }

    @Test
    void theMarkMovesToTheBeginningOfTheRoundWithItsLastPage() {
        Mark moved = mark.published(round, page(Optional.empty(), completed(10)), NOW.plusSeconds(5), DAY);

        assertThat(moved).isEqualTo(new Mark(NOW, NOW.plusSeconds(5), Optional.empty()));
    }

    @Test
    void betweenTwoPagesTheMarkStaysAndTheRoundRemembersTheNextOne() {
        Mark moved = mark.published(round, page(Optional.of(NEXT), completed(10)), NOW, DAY);

        assertThat(moved.seenUntil()).isEqualTo(mark.seenUntil());
        assertThat(moved.round()).hasValueSatisfying(it -> assertThat(it.next()).contains(NEXT));
        assertThat(moved.isDue(NOW, Duration.ofMinutes(5))).isTrue();
        assertThat(moved.begin(NOW.plusSeconds(99), OVERLAP))
                .isEqualTo(moved.round().orElseThrow());
    }

    @Test
    void aRecordingThatTwilioHasNotFinishedHoldsTheMarkBack() {
        ListedRecording unfinished = recording(Progress.UNFINISHED, 120);
        Mark between = mark.published(round, page(Optional.of(NEXT), unfinished), NOW, DAY);

        Mark moved = between.published(between.round().orElseThrow(), page(Optional.empty(), completed(300)), NOW, DAY);

        assertThat(moved.seenUntil()).isEqualTo(unfinished.createdAt());
    }

    @Test
    void itDoesNotHoldItForLongerThanARecordingCanBe() {
        Mark moved = mark.published(
                round, page(Optional.empty(), recording(Progress.UNFINISHED, 500)), NOW, Duration.ofSeconds(60));

        assertThat(moved.seenUntil()).isEqualTo(NOW.minusSeconds(60));
    }

    @Test
    void theMarkNeverGoesBack() {
        Mark moved = mark.published(round, page(Optional.empty(), recording(Progress.UNFINISHED, 900)), NOW, DAY);

        assertThat(moved.seenUntil()).isEqualTo(mark.seenUntil());
    }

    @Test
    void behindAPageThatIsAllTooOldNothingIsListed() {
        Mark moved = mark.published(round, page(Optional.of(NEXT), completed(90_000)), NOW, DAY);

        assertThat(moved.round()).isEmpty();
    }

    @Test
    void anotherReplicasListCounts() {
        assertThat(mark.isDue(NOW.minusSeconds(1), Duration.ofMinutes(5))).isFalse();
        assertThat(mark.isDue(NOW, Duration.ofMinutes(5))).isTrue();
    }

    @Test
    void aMarkIsReadAsItWasWritten() {
        Mark moved = mark.published(round, page(Optional.of(NEXT), recording(Progress.UNFINISHED, 10)), NOW, DAY);

        assertThat(Mark.read(moved.toJson())).contains(moved);
        assertThat(Mark.read(mark.toJson())).contains(mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "{\"seenUntil\":\"yesterday\"}"})
    void whatIsNoMarkIsMadeAnew(String text) {
        assertThat(Mark.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void onlyWhatIsFinalAndWantedIsTold() {
        ListedPage page = page(
                Optional.empty(),
                completed(10),
                recording(Progress.ABSENT, 20),
                recording(Progress.UNFINISHED, 30),
                recording(Progress.DELETED, 40),
                completed(5_000));

        List<RecordingSeen> seen = Sightings.of(
                new AccountSid("AC" + "0".repeat(32)),
                page,
                made -> !made.isBefore(round.from()),
                NOW,
                Optional.empty());

        assertThat(seen)
                .extracting(RecordingSeen::status)
                .containsExactly(RecordingSeen.Status.COMPLETED, RecordingSeen.Status.ABSENT);
    }

    @Test
    void whatIsDatedInWholeSecondsIsNotBeforeTheSecondThatItWasMadeIn() {
        Instant from = NOW.plusMillis(700);

        assertThat(Sightings.isSince(NOW, from)).isTrue();
        assertThat(Sightings.isSince(NOW.minusSeconds(1), from)).isFalse();
    }

    @Test
    void anAccountThatRefusesIsLeftAloneForLongerAndLonger() {
        Pause pause = new Pause(Duration.ofSeconds(30), Duration.ofSeconds(100));

        assertThat(List.of(pause.failed(NOW), pause.failed(NOW), pause.failed(NOW), pause.failed(NOW)))
                .containsExactly(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(100),
                        Duration.ofSeconds(100));
        assertThat(pause.isOver(NOW.plusSeconds(99))).isFalse();
        pause.succeeded();
        assertThat(pause.isOver(NOW)).isTrue();
    }

    private static ListedPage page(Optional<String> next, ListedRecording... recordings) {
        return new ListedPage(List.of(recordings), 0, next);
    }

    private static ListedRecording completed(int secondsAgo) {
        return recording(Progress.COMPLETED, secondsAgo);
    }

    private static ListedRecording recording(Progress progress, int secondsAgo) {
        return new ListedRecording(
                new RecordingSid("RE" + "0".repeat(32)),
                new CallSid("CA" + "0".repeat(32)),
                progress,
                NOW.minusSeconds(secondsAgo),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
