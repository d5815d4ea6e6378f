package dev.earshot.gateway.played;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.played.PlayNotes.Taken;
import dev.earshot.gateway.recording.PlayTimes.Played;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlayNotesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RecordingKey A = key(1);
    private static final RecordingKey B = key(2);
    private static final RecordingKey C = key(3);

    private final AtomicLong nanos = new AtomicLong();
    private final PlayNotes notes = new PlayNotes(HOUR, 2, nanos::get);

    @Test
    void whatIsPlayedTwiceIsWrittenOnceWithItsLastTime() {
        notes.note(A);
        pass(Duration.ofSeconds(5));
        notes.note(A);
        pass(Duration.ofSeconds(3));

        assertThat(notes.take(10)).extracting(Taken::played).containsExactly(new Played(A, Duration.ofSeconds(3)));
        assertThat(notes.take(10)).isEmpty();
    }

    @Test
    void whatWasWrittenIsNotNotedAgainWithinTheHour() {
        notes.note(A);
        notes.settle(notes.take(10), List.of(A));

        pass(HOUR.minusNanos(1));
        notes.note(A);
        assertThat(notes.waiting()).isZero();

        pass(Duration.ofNanos(1));
        notes.note(A);
        assertThat(notes.waiting()).isOne();
    }

    @Test
    void whatWasLeftOutIsTakenAgainThreeTimesInAll() {
        notes.note(A);
        for (int i = 0; i < 3; i++) {
            List<Taken> taken = notes.take(10);
            assertThat(taken).hasSize(1);
            notes.settle(taken, List.of());
        }

        assertThat(notes.waiting()).isZero();
    }

    @Test
    void aNoteThatWasMadeMeanwhileIsNotReplacedByTheOlderOne() {
        notes.note(A);
        List<Taken> taken = notes.take(10);
        pass(Duration.ofMinutes(1));
        notes.note(A);

        notes.settle(taken, List.of());

        assertThat(notes.take(10)).extracting(Taken::played).containsExactly(new Played(A, Duration.ZERO));
    }

    @Test
    void thereIsNoRoomForMoreThanTheBound() {
        assertThat(notes.note(A)).isTrue();
        assertThat(notes.note(B)).isTrue();
        assertThat(notes.note(C)).isFalse();
        assertThat(notes.note(A)).isTrue();
    }

    @Test
    void whatWasWrittenLatelyIsBoundedTooAndTheOldestIsForgotten() {
        for (RecordingKey key : List.of(A, B, C)) {
            notes.note(key);
            notes.settle(notes.take(10), List.of(key));
        }

        notes.note(B);
        notes.note(C);
        assertThat(notes.waiting()).isZero();
        notes.note(A);
        assertThat(notes.waiting()).isOne();
    }

    @Test
    void theOldestNotesAreTakenFirst() {
        notes.note(B);
        notes.note(A);

        assertThat(notes.take(1)).extracting(each -> each.played().key()).containsExactly(B);
        assertThat(notes.take(1)).extracting(each -> each.played().key()).containsExactly(A);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static RecordingKey key(int number) {
        return new RecordingKey(new Tenant("acme"), new RecordingSid(String.format("RE%032x", number)));
    }
}
