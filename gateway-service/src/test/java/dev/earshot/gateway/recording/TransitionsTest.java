package dev.earshot.gateway.recording;

import static dev.earshot.gateway.recording.SampleRows.NOW;
import static dev.earshot.gateway.recording.SampleRows.OBJECT;
import static dev.earshot.gateway.recording.SampleRows.WEEK;
import static dev.earshot.gateway.recording.SampleRows.columns;
import static dev.earshot.gateway.recording.SampleRows.ready;
import static dev.earshot.gateway.recording.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.gateway.recording.RecordingRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A recording's life, pure: each state against each event. */
class TransitionsTest {
    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMinutes(30);
    private static final Next RETRY =
            new Next.Retry(FailureReason.UPSTREAM_ERROR, true, Duration.ofSeconds(4), Duration.ofSeconds(3), false);
    private static final Next FINAL = new Next.GiveUp(FailureReason.ENCRYPTED, true, Duration.ZERO);

    /** An event, as it meets a row in generation 1 and attempt 2. */
    enum Event {
        READY {
            @Override
            boolean meet(Transitions row) {
                return row.ready(ready(1, 2));
            }
        },
        READY_OF_AN_EARLIER_ATTEMPT {
            @Override
            boolean meet(Transitions row) {
                return row.ready(ready(1, 1));
            }
        },
        READY_OF_ANOTHER_GENERATION {
            @Override
            boolean meet(Transitions row) {
                return row.ready(ready(2, 2));
            }
        },
        FAILED {
            @Override
            boolean meet(Transitions row) {
                return row.failed(1, 2, RETRY, OptionalInt.empty());
            }
        },
        FAILED_FOR_GOOD {
            @Override
            boolean meet(Transitions row) {
                return row.failed(1, 2, FINAL, OptionalInt.empty());
            }
        },
        FAILED_LATE {
            @Override
            boolean meet(Transitions row) {
                return row.failed(1, 1, FINAL, OptionalInt.empty());
            }
        },
        FAILED_IN_ANOTHER_GENERATION {
            @Override
            boolean meet(Transitions row) {
                return row.failed(2, 2, FINAL, OptionalInt.empty());
            }
        },
        EVICT {
            @Override
            boolean meet(Transitions row) {
                return row.evict(1);
            }
        },
        EVICT_ANOTHER_GENERATION {
            @Override
            boolean meet(Transitions row) {
                return row.evict(2);
            }
        },
        DELETE {
            @Override
            boolean meet(Transitions row) {
                return row.delete();
            }
        },
        VANISHED {
            @Override
            boolean meet(Transitions row) {
                return row.vanished(1, CHECK, SILENCE, Optional.empty());
            }
        },
        VANISHED_IN_ANOTHER_GENERATION {
            @Override
            boolean meet(Transitions row) {
                return row.vanished(2, CHECK, SILENCE, Optional.empty());
            }
        },
        ABSENT {
            @Override
            boolean meet(Transitions row) {
                return row.absent();
            }
        },
        PREFETCH {
            @Override
            boolean meet(Transitions row) {
                return row.prefetch(0, WEEK);
            }
        };

        abstract boolean meet(Transitions row);
    }

    /** The state that follows; a dash means refused, and then no column may differ. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // event                       | REGISTERED | FETCHING | WAITING | READY    | FAILED  | EVICTED |
                // DELETED
                "READY                          | -          | READY    | READY   | -        | READY   | -       | -",
                "READY_OF_AN_EARLIER_ATTEMPT    | -          | READY    | READY   | -        | READY   | -       | -",
                "READY_OF_ANOTHER_GENERATION    | -          | -        | -       | -        | -       | -       | -",
                "FAILED                         | -          | WAITING  | -       | -        | -       | -       | -",
                "FAILED_FOR_GOOD                | -          | FAILED   | -       | -        | -       | -       | -",
                "FAILED_LATE                    | -          | -        | -       | -        | -       | -       | -",
                "FAILED_IN_ANOTHER_GENERATION   | -          | -        | -       | -        | -       | -       | -",
                "EVICT                          | -          | -        | -       | EVICTED  | -       | -       | -",
                "EVICT_ANOTHER_GENERATION       | -          | -        | -       | -        | -       | -       | -",
                "DELETE                         | DELETED    | DELETED  | DELETED | DELETED  | DELETED | DELETED | -",
                "VANISHED                       | -          | -        | -       | FETCHING | -       | -       | -",
                "VANISHED_IN_ANOTHER_GENERATION | -          | -        | -       | -        | -       | -       | -",
                "ABSENT                         | FAILED     | -        | -       | -        | -       | -       | -",
                "PREFETCH                       | WAITING    | -        | -       | -        | -       | -       | -",
            })
    void eachStateMeetsEachEvent(
            Event event,
            String registered,
            String fetching,
            String waiting,
            String ready,
            String failed,
            String evicted,
            String deleted) {
        Map<State, String> expected = Map.of(
                State.REGISTERED, registered,
                State.FETCHING, fetching,
                State.WAITING, waiting,
                State.READY, ready,
                State.FAILED, failed,
                State.EVICTED, evicted,
                State.DELETED, deleted);

        expected.forEach((from, to) -> {
            RecordingRow row = row(from);
            Map<String, String> before = columns(row);

            boolean accepted = event.meet(new Transitions(row, NOW));

            assertThat(accepted).as("%s from %s", event, from).isEqualTo(!to.equals("-"));
            if (accepted) {
                assertThat(row.state).as("%s from %s", event, from).isEqualTo(State.valueOf(to));
                assertThat(row.changedAt).isEqualTo(NOW);
                assertThat(row.revision).isEqualTo(8);
            } else {
                assertThat(columns(row)).as("%s from %s", event, from).isEqualTo(before);
            }
        });
    }

    /** Whatever a transition leaves must be readable as a state with its data. */
    @ParameterizedTest
    @EnumSource(State.class)
    void everyOutcomeIsAWholeState(State from) {
        for (Event event : Event.values()) {
            RecordingRow row = row(from);
            event.meet(new Transitions(row, NOW));

            assertThat(Rows.state(row)).isNotNull();
        }
    }

    @Test
    void readyKeepsTheObjectAndIsAnnouncedAtOnce() {
        RecordingRow row = row(State.FETCHING);

        new Transitions(row, NOW).ready(ready(1, 2));

        assertThat(Rows.state(row)).isEqualTo(new RecordingState.Ready(OBJECT, 1000, 1, NOW));
        assertThat(row.announceDueAt).isEqualTo(NOW);
        assertThat(row.fetchDueAt).isNull();
        assertThat(row.purgeDueAt).isNull();
    }

    @Test
    void aRowThatNeverAskedIsNotReadyByAnyonesWord() {
        RecordingRow prefetched = row(State.REGISTERED);
        new Transitions(prefetched, NOW).prefetch(0, WEEK);

        assertThat(new Transitions(prefetched, NOW).ready(ready(1, 1))).isFalse();
    }

    @Test
    void aReadyAfterTheFailureClearsTheFailure() {
        RecordingRow row = row(State.FAILED);
        row.failedForGood = true;

        new Transitions(row, NOW).ready(ready(1, 2));

        assertThat(row.reason).isNull();
        assertThat(row.failedForGood).isFalse();
        assertThat(row.claimableAt).isNull();
    }

    @Test
    void aRetryIsDueAfterItsPauseAndForAClickAfterItsFloor() {
        RecordingRow row = row(State.FETCHING);

        new Transitions(row, NOW).failed(1, 2, RETRY, OptionalInt.empty());

        assertThat(row.fetchDueAt).isEqualTo(NOW.plusSeconds(4));
        assertThat(row.notBefore).isEqualTo(NOW.plusSeconds(3));
        assertThat(row.reason).isEqualTo(FailureReason.UPSTREAM_ERROR);
        assertThat(row.failures).isEqualTo(2);
        assertThat(row.countedAttempts).isEqualTo(2);
        assertThat(row.notAudioAttempts).isEqualTo(1);
        assertThat(row.generation).isEqualTo(1);
        assertThat(row.announceDueAt).isNull();
    }

    @Test
    void theFirstFailureSaysSinceWhenAndTheEndOfThePromiseForgetsIt() {
        RecordingRow row = row(State.FETCHING);
        new Transitions(row, NOW).failed(1, 2, RETRY, OptionalInt.empty());
        row.state = State.FETCHING;

        new Transitions(row, NOW.plusSeconds(60)).failed(1, 2, RETRY, OptionalInt.empty());

        assertThat(row.failingSince).isEqualTo(NOW);
        new Transitions(row, NOW).ready(ready(1, 2));
        assertThat(row.failingSince).isNull();
    }

    @ParameterizedTest(name = "{0}, counted {1}")
    @CsvSource({
        "RATE_LIMITED, false, 1, 1, 1",
        "NOT_AUDIO, true, 2, 2, 1",
        "NOT_AUDIO, false, 1, 2, 1",
        "STORE_CONFLICT, true, 2, 1, 2"
    })
    void eachKindOfFailureIsCountedWhereItBelongs(
            FailureReason reason, boolean counted, int countedAfter, int notAudioAfter, int generationAfter) {
        RecordingRow row = row(State.FETCHING);
        boolean newGeneration = reason == FailureReason.STORE_CONFLICT;

        new Transitions(row, NOW)
                .failed(
                        1,
                        2,
                        new Next.Retry(reason, counted, Duration.ZERO, Duration.ZERO, newGeneration),
                        OptionalInt.empty());

        assertThat(row.failures).isEqualTo(2);
        assertThat(row.countedAttempts).isEqualTo(countedAfter);
        assertThat(row.notAudioAttempts).isEqualTo(notAudioAfter);
        assertThat(row.generation).isEqualTo(generationAfter);
    }

    @Test
    void aConflictLeavesTheOldGenerationToThePurgeAndTakesNoLateReadyOfIt() {
        RecordingRow row = row(State.FETCHING);

        new Transitions(row, NOW)
                .failed(
                        1,
                        2,
                        new Next.Retry(FailureReason.STORE_CONFLICT, true, Duration.ZERO, Duration.ZERO, true),
                        OptionalInt.empty());

        assertThat(row.purgeGeneration).isEqualTo(1);
        assertThat(row.purgeDueAt).isEqualTo(NOW);
        assertThat(new Transitions(row, NOW).ready(ready(1, 2))).isFalse();
    }

    @Test
    void givingUpIsAnnouncedAndSaysFromWhenItMayBeClaimed() {
        RecordingRow row = row(State.FETCHING);

        new Transitions(row, NOW)
                .failed(
                        1,
                        2,
                        new Next.GiveUp(FailureReason.ATTEMPTS_EXHAUSTED, false, Duration.ofMinutes(15)),
                        OptionalInt.empty());

        assertThat(Rows.state(row))
                .isEqualTo(new RecordingState.Failed(
                        FailureReason.ATTEMPTS_EXHAUSTED, false, NOW.plus(Duration.ofMinutes(15))));
        assertThat(row.announceDueAt).isEqualTo(NOW);
        assertThat(row.fetchDueAt).isNull();
    }

    @Test
    void evictPurgesThisGenerationAndOnlyThat() {
        RecordingRow row = row(State.READY);
        row.generation = 1;

        new Transitions(row, NOW).evict(1);

        assertThat(row.purgeGeneration).isEqualTo(1);
        assertThat(row.purgeDueAt).isEqualTo(NOW);
        assertThat(row.announceDueAt).isEqualTo(NOW);
        assertThat(row.objectKey).isNull();
        assertThat(row.generation).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = State.class, names = "DELETED", mode = EnumSource.Mode.EXCLUDE)
    void deleteForgetsEverythingAndPurgesAllThatEverWas(State from) {
        RecordingRow row = row(from);
        row.startedAt = NOW;
        row.durationSeconds = 3;
        row.channels = 1;
        row.traceparent = "00-trace";
        Instant expiry = row.lastRequestExpiry;

        new Transitions(row, NOW).delete();

        assertThat(row.startedAt).isNull();
        assertThat(row.durationSeconds).isNull();
        assertThat(row.channels).isNull();
        assertThat(row.traceparent).isNull();
        assertThat(row.objectKey).isNull();
        assertThat(row.reason).isNull();
        assertThat(row.fetchDueAt).isNull();
        assertThat(row.purgeGeneration).isEqualTo(Transitions.ALL_GENERATIONS);
        assertThat(row.purgeDueAt).isEqualTo(NOW);
        assertThat(row.announceDueAt).isEqualTo(NOW);
        // Until then a request may still write: the tombstone is purged again.
        assertThat(row.lastRequestExpiry).isEqualTo(expiry);
    }

    @Test
    void aVanishedObjectIsClaimedInTheNextGeneration() {
        RecordingRow row = row(State.READY);
        row.lane = Lane.BULK;

        new Transitions(row, NOW).vanished(1, CHECK, SILENCE, Optional.of("00-trace"));

        assertThat(row.generation).isEqualTo(2);
        assertThat(row.attempt).isEqualTo(3);
        assertThat(row.lane).isEqualTo(Lane.INTERACTIVE);
        assertThat(row.failures + row.countedAttempts + row.notAudioAttempts).isZero();
        assertThat(row.publishedAt).isNull();
        assertThat(row.fetchDueAt).isEqualTo(NOW.plus(CHECK));
        assertThat(row.lastRequestExpiry).isEqualTo(NOW.plus(SILENCE));
        assertThat(row.promisedAt).isEqualTo(NOW);
        assertThat(row.claimedAt).isEqualTo(NOW);
        assertThat(row.traceparent).isEqualTo("00-trace");
        assertThat(row.objectKey).isNull();
        assertThat(row.announceDueAt).isEqualTo(NOW);
    }

    @Test
    void anAnnouncementWaitsForTheOneThatIsOnItsWay() {
        RecordingRow row = row(State.READY);
        row.announceLeasedUntil = NOW.plusSeconds(9);

        new Transitions(row, NOW).evict(1);

        assertThat(row.announceDueAt).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void aLeaseThatHasEndedHoldsNothingUp() {
        RecordingRow row = row(State.READY);
        row.announceLeasedUntil = NOW.minusSeconds(1);

        new Transitions(row, NOW).evict(1);

        assertThat(row.announceDueAt).isEqualTo(NOW);
    }

    @Test
    void anAbsentOneThatOnlyWaitsForItsPrefetchFailsForGood() {
        RecordingRow row = row(State.REGISTERED);
        new Transitions(row, NOW).prefetch(0, WEEK);

        assertThat(new Transitions(row, NOW).absent()).isTrue();

        assertThat(Rows.state(row)).isEqualTo(new RecordingState.Failed(FailureReason.ABSENT, true, NOW));
        assertThat(row.announceDueAt).isEqualTo(NOW);
    }

    @ParameterizedTest(name = "{0}: due in {1} s, not before {2} s: {3}")
    @CsvSource({
        "WAITING, 60, -1, 0",
        "WAITING, 60, 20, 20",
        "WAITING, 60,   , 0",
        "WAITING, -5, -9, -",
        "WAITING, 20, 20, -",
        "FETCHING, 60, , -",
        "READY, 60, , -",
        "FAILED, 60, , -",
        "EVICTED, 60, , -",
        "REGISTERED, 60, , -",
        "DELETED, 60, , -"
    })
    void completedBringsAWaitingRowForwardButNotBeforeTwilioMayBeAsked(
            State state, long due, @org.jspecify.annotations.Nullable Long notBefore, String expected) {
        RecordingRow row = row(state);
        row.fetchDueAt = NOW.plusSeconds(due);
        row.notBefore = notBefore == null ? null : NOW.plusSeconds(notBefore);
        Map<String, String> before = columns(row);

        boolean changed = new Transitions(row, NOW).completed();

        if (expected.equals("-")) {
            assertThat(changed).isFalse();
            assertThat(columns(row)).isEqualTo(before);
        } else {
            assertThat(changed).isTrue();
            assertThat(row.fetchDueAt).isEqualTo(NOW.plusSeconds(Long.parseLong(expected)));
        }
    }

    @ParameterizedTest(name = "began {0} hours ago: {1}")
    @CsvSource({"0, true", "167, true", "168, true", "169, false"})
    void aPrefetchIsForWhatIsInsideThePlaybackWindow(long hours, boolean accepted) {
        RecordingRow row = row(State.REGISTERED);
        row.startedAt = NOW.minus(Duration.ofHours(hours));

        assertThat(new Transitions(row, NOW).prefetch(3, WEEK)).isEqualTo(accepted);

        if (accepted) {
            assertThat(row.lane).isEqualTo(Lane.BULK);
            assertThat(row.priority).isEqualTo(3);
            assertThat(row.fetchDueAt).isEqualTo(NOW);
            assertThat(row.promisedAt).isEqualTo(NOW);
            assertThat(row.attempt).isZero();
        }
    }

    @Test
    void factsAreAddedAndNeverReplaced() {
        RecordingRow row = row(State.REGISTERED);
        row.durationSeconds = 3;
        Transitions transitions = new Transitions(row, NOW);
        Facts told = new Facts(Optional.of(NOW), OptionalInt.of(4), OptionalInt.of(2));

        assertThat(transitions.contradiction(told)).isEqualTo("durationSeconds");
        transitions.add(told);

        assertThat(row.startedAt).isEqualTo(NOW);
        assertThat(row.durationSeconds).isEqualTo(3);
        assertThat(row.channels).isEqualTo(2);
        assertThat(transitions.contradiction(Facts.NONE)).isNull();
    }
}
