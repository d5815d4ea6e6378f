package dev.earshot.fetcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.AccountSid;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingSid;
import dev.earshot.fetcher.failure.Trouble.AccountBusy;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.fetch.Admission.Bounds;
import dev.earshot.fetcher.fetch.Admission.Ending;
import dev.earshot.fetcher.fetch.Admission.Permit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final AccountSid HUNG = new AccountSid("AC" + "1".repeat(32));
    private static final AccountSid SOUND = new AccountSid("AC" + "2".repeat(32));
    private static final Duration OPEN_FOR = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock();
    private final Admission admission = new Admission(new Bounds(6, 4, 2, 3, OPEN_FOR), clock, account -> {});
    private int recordings;

    @Test
    void aHungAccountHoldsItsOwnBoundAndNoMore() {
        List<CompletableFuture<Permit>> hung = enter(HUNG, 10);

        assertThat(hung).filteredOn(AdmissionTest::isGranted).hasSize(4);
        assertThat(enter(SOUND, 2)).allMatch(AdmissionTest::isGranted);
    }

    @Test
    void theQueueIsShortAndTheRestIsHandedBackAtOnce() {
        List<CompletableFuture<Permit>> asked = enter(HUNG, 7);

        assertThat(asked).filteredOn(it -> !it.isDone()).hasSize(2);
        assertThat(asked.get(6)).isCompletedExceptionally();
        assertThatThrownBy(() -> asked.get(6).join())
                .hasCauseInstanceOf(TroubleException.class)
                .hasMessageContaining("queue is full");
    }

    @Test
    void anEndedDownloadMakesRoomForTheOldestInTheQueue() {
        List<CompletableFuture<Permit>> asked = enter(HUNG, 6);

        asked.get(0).join().end(Ending.ANSWERED);

        assertThat(asked.get(4)).isCompleted();
        assertThat(asked.get(5)).isNotDone();
    }

    @Test
    void aPermitEndedTwiceFreesOnePlace() {
        List<CompletableFuture<Permit>> asked = enter(HUNG, 6);
        Permit permit = asked.get(0).join();

        permit.end(Ending.ANSWERED);
        permit.end(Ending.ANSWERED);

        assertThat(admission.inFlight(HUNG)).isEqualTo(4);
    }

    @Test
    void whoeverGaveUpWaitingTakesNoPlace() {
        List<CompletableFuture<Permit>> asked = enter(HUNG, 6);
        assertThat(asked.get(4).cancel(false)).isTrue();

        asked.get(0).join().end(Ending.ANSWERED);

        assertThat(asked.get(5)).isCompleted();
        assertThat(admission.inFlight(HUNG)).isEqualTo(4);
    }

    @Test
    void prefetchLeavesAPlaceForAListener() {
        List<CompletableFuture<Permit>> bulk = enterBulk(5);

        assertThat(bulk).filteredOn(AdmissionTest::isGranted).hasSize(3);
        assertThat(enter(HUNG, 1)).allMatch(AdmissionTest::isGranted);
    }

    @Test
    void aListenerTakesAPrefetchsPlaceInAFullQueue() {
        List<CompletableFuture<Permit>> bulk = enterBulk(5);
        CompletableFuture<Permit> first = enter(HUNG, 1).get(0);

        CompletableFuture<Permit> second = enter(HUNG, 1).get(0);

        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(bulk.get(4)).isCompletedExceptionally();
        assertThat(bulk.get(3)).isNotDone();
    }

    @Test
    void aPromotedPrefetchGoesFirst() {
        List<CompletableFuture<Permit>> bulk = enterBulk(5);

        admission.promote(HUNG, recording(4));

        assertThat(bulk.get(4)).isCompleted();
        assertThat(bulk.get(3)).isNotDone();
    }

    @Test
    void tooManyRequestsHalveTheBoundOnceForEachBurst() {
        List<CompletableFuture<Permit>> burst = enter(HUNG, 4);

        burst.forEach(it -> it.join().end(Ending.RATE_LIMITED));

        assertThat(admission.limit(HUNG)).isEqualTo(2);
    }

    @Test
    void theBoundRisesSlowlyAgain() {
        enter(HUNG, 4).forEach(it -> it.join().end(Ending.RATE_LIMITED));

        for (int i = 0; i < 3; i++) {
            one(HUNG).join().end(Ending.ANSWERED);
        }

        assertThat(admission.limit(HUNG)).isEqualTo(3);
    }

    @Test
    void theBoundNeverFallsBelowOneNorRisesAboveItsMost() {
        for (int i = 0; i < 10; i++) {
            one(HUNG).join().end(Ending.RATE_LIMITED);
        }
        assertThat(admission.limit(HUNG)).isEqualTo(1);

        for (int i = 0; i < 100; i++) {
            one(HUNG).join().end(Ending.ANSWERED);
        }
        assertThat(admission.limit(HUNG)).isEqualTo(4);
    }

    @Test
    void theBreakerOpensAfterSeveralRecordingsAndTellsHowLong() {
        fail(3);

        assertThatThrownBy(() -> one(HUNG).join())
                .cause()
                .isInstanceOfSatisfying(
                        TroubleException.class,
                        busy -> assertThat(busy.trouble())
                                .isInstanceOfSatisfying(
                                        AccountBusy.class,
                                        it -> assertThat(it.retryAfter()).contains(OPEN_FOR)));
        assertThat(one(SOUND)).isCompleted();
    }

    @Test
    void oneBrokenRecordingDoesNotOpenTheBreaker() {
        RecordingSid broken = recording(99);

        for (int i = 0; i < 10; i++) {
            admission.enter(HUNG, broken, Lane.INTERACTIVE).join().end(Ending.FAILED);
        }

        assertThat(one(HUNG)).isCompleted();
    }

    @Test
    void anOpenBreakerLetsOneProbePassAfterItsTime() {
        fail(3);
        clock.advance(OPEN_FOR);

        CompletableFuture<Permit> probe = one(HUNG);

        assertThat(probe).isCompleted();
        assertThat(one(HUNG)).isCompletedExceptionally();
        probe.join().end(Ending.ANSWERED);
        assertThat(one(HUNG)).isCompleted();
    }

    @Test
    void aFailedProbeOpensTheBreakerAgain() {
        fail(3);
        clock.advance(OPEN_FOR);

        one(HUNG).join().end(Ending.FAILED);

        assertThat(one(HUNG)).isCompletedExceptionally();
    }

    @Test
    void anOpeningBreakerHandsTheQueueBack() {
        List<CompletableFuture<Permit>> asked = enter(HUNG, 6);

        for (int i = 0; i < 3; i++) {
            asked.get(i).join().end(Ending.FAILED);
        }

        assertThat(asked.get(5)).isDone();
        assertThat(admission.inFlight(HUNG)).isLessThanOrEqualTo(4);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            one(HUNG).join().end(Ending.FAILED);
        }
    }

    private CompletableFuture<Permit> one(AccountSid account) {
        return enter(account, 1).get(0);
    }

    private List<CompletableFuture<Permit>> enter(AccountSid account, int times) {
        List<CompletableFuture<Permit>> asked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            asked.add(admission.enter(account, recording(recordings++), Lane.INTERACTIVE));
        }
        return asked;
    }

    private List<CompletableFuture<Permit>> enterBulk(int times) {
        List<CompletableFuture<Permit>> asked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            asked.add(admission.enter(HUNG, recording(recordings++), Lane.BULK));
        }
        return asked;
    }

    private static RecordingSid recording(int number) {
        return new RecordingSid("RE" + "%032d".formatted(number));
    }

    private static boolean isGranted(CompletableFuture<Permit> asked) {
        return asked.isDone() && !asked.isCompletedExceptionally();
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
