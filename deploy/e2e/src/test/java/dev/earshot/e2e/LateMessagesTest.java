package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Draft;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Samples;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.DeadLetter;
import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.StateChanged;
import dev.earshot.events.StateChanged.State;
import dev.earshot.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes that come late, twice or in another order than they happened: none of them undoes what is known since. */
class LateMessagesTest {
    private static final byte[] OTHER_BYTES = "somebody else's bytes".getBytes(StandardCharsets.UTF_8);
    private static final int OFTEN = 100;

    private final Listener listener = Listener.of("acme");

    @Test
    void a_zombies_fetch_failed_does_not_undo_a_newer_attempts_ready() {
        Recorded recorded = failedOnceThenReady();
        String before = info(recorded);

        Events.publish(Topics.FETCH_OUTCOMES, Samples.failed(recorded, 1, 1, FailureReason.SOURCE_DELETED));
        everythingBeforeIsTakenIn(recorded);

        assertThat(info(recorded)).isEqualTo(before);
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
        assertThat(states(recorded)).containsExactly(State.READY);
    }

    @Test
    void the_same_ready_a_hundred_times_has_one_effect() {
        Recorded recorded = ready(Simulator.call("acme"));
        String before = info(recorded);

        again(Topics.FETCH_OUTCOMES, recorded, OFTEN);
        everythingBeforeIsTakenIn(recorded);

        assertThat(info(recorded)).isEqualTo(before);
        assertThat(Bucket.local().audioKeys(prefix(recorded))).containsExactly(Samples.objectKey(recorded, 1));
        assertThat(states(recorded)).containsExactly(State.READY);
    }

    @Tag("long")
    @Test
    void the_same_fetch_failed_a_hundred_times_counts_once() {
        Recorded recorded = fetching(4);
        FetchFailed failed = Samples.failed(recorded, 1, 1, FailureReason.UPSTREAM_ERROR);

        Events.publish(Collections.nCopies(OFTEN, Events.record(Topics.FETCH_OUTCOMES, failed)));
        everythingBeforeIsTakenIn(recorded);

        // The first attempt's download still runs, the second attempt joins it, and whichever is told first is taken.
        isReadyUnasked(recorded);
        assertThat(requests(recorded).map(FetchRequested::attempt)).containsExactly(1, 2);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        assertThat(states(recorded)).containsExactly(State.READY);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS})
    void the_same_request_a_hundred_times_is_one_download(String topic) {
        boolean bulk = topic.equals(Topics.PREFETCH_REQUESTS);
        Recorded recorded = Simulator.record(
                bulk ? "globex" : "acme",
                Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 3));
        if (!bulk) {
            listener.stream(recorded.recordingSid());
        }
        eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));

        again(topic, recorded, OFTEN / 2);
        isReadyUnasked(recorded);
        again(topic, recorded, OFTEN / 2);

        eventually(
                () -> assertThat(Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), RecordingReady.class))
                        .hasSize(OFTEN + 1)
                        .extracting(RecordingEvent::id)
                        .containsOnly(Samples.ready(recorded, 1, 1).id()));
        everythingBeforeIsTakenIn(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        assertThat(states(recorded)).containsExactly(State.READY);
    }

    @Tag("long")
    @Test
    void a_ready_of_an_old_generation_has_its_object_deleted_and_changes_nothing() {
        Recorded recorded = Simulator.call("acme");
        String old = Samples.objectKey(recorded, 1);
        // What lies there already is a conflict, and that begins the next generation.
        Bucket.local().write(old, OTHER_BYTES);
        listener.stream(recorded.recordingSid());
        isReadyUnasked(recorded);
        eventually(() -> assertThat(Bucket.local().keys(prefix(recorded))).doesNotContain(old));
        String before = info(recorded);

        Bucket.local().write(old, OTHER_BYTES);
        Events.publish(Topics.FETCH_OUTCOMES, Samples.ready(recorded, 1, 1));
        everythingBeforeIsTakenIn(recorded);

        assertThat(Bucket.local().audioKeys(prefix(recorded))).containsExactly(Samples.objectKey(recorded, 2));
        assertThat(info(recorded)).isEqualTo(before);
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
    }

    /** What cannot be yet, or no longer, about a recording that is being fetched for the first time. */
    enum Crossed {
        A_FAILURE_OF_THE_NEXT_ATTEMPT(1, 2, ""),
        A_FAILURE_OF_THE_NEXT_GENERATION(2, 1, ""),
        A_READY_OF_THE_NEXT_ATTEMPT(1, 2, "nothing of ours asked"),
        A_READY_OF_THE_NEXT_GENERATION(2, 1, "nothing of ours asked");

        private final int generation;
        private final int attempt;
        private final String deadLetter;

        Crossed(int generation, int attempt, String deadLetter) {
            this.generation = generation;
            this.attempt = attempt;
            this.deadLetter = deadLetter;
        }

        RecordingEvent of(Recorded recorded) {
            return deadLetter.isEmpty()
                    ? Samples.failed(recorded, generation, attempt, FailureReason.SOURCE_DELETED)
                    : Samples.ready(recorded, generation, attempt);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void what_comes_before_its_time_changes_nothing(Crossed crossed) {
        Recorded recorded = fetching(2);

        Events.publish(Topics.FETCH_OUTCOMES, crossed.of(recorded));
        List<String> reasons = everythingBeforeIsTakenIn(recorded);

        assertThat(listener.info(recorded.recordingSid()).path("state").toString())
                .isEqualTo("fetching");
        isReadyUnasked(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        assertThat(states(recorded)).containsExactly(State.READY);
        if (crossed.deadLetter.isEmpty()) {
            assertThat(reasons).isEmpty();
        } else {
            assertThat(reasons).singleElement().asString().contains(crossed.deadLetter);
        }
    }

    @Tag("long")
    @Test
    void a_ready_that_comes_after_its_own_attempts_failure_for_good_is_believed() {
        Recorded recorded = fetching(2);

        Events.publish(Topics.FETCH_OUTCOMES, Samples.failed(recorded, 1, 1, FailureReason.SOURCE_DELETED));
        everythingBeforeIsTakenIn(recorded);
        int told = listener.stream(recorded.recordingSid()).statusCode();

        assertThat(told).isEqualTo(410);
        isReadyUnasked(recorded);
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
        eventually(() -> assertThat(states(recorded)).containsExactly(State.FAILED, State.READY));
    }

    private Recorded failedOnceThenReady() {
        Recorded recorded = ready(Simulator.record(
                "acme", Simulator.options().put("behaviour", "server-error").put("behaviourTimes", 1)));
        assertThat(requests(recorded).map(FetchRequested::attempt)).contains(2);
        return recorded;
    }

    private Recorded ready(Recorded recorded) {
        listener.stream(recorded.recordingSid());
        isReadyUnasked(recorded);
        return recorded;
    }

    /** In the middle of its first download, which takes so many seconds. */
    private Recorded fetching(int seconds) {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", seconds));
        listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));
        return recorded;
    }

    /** Ready, and told so. */
    private static void isReadyUnasked(Recorded recorded) {
        eventually(() -> assertThat(states(recorded)).endsWith(State.READY));
    }

    /** Publishes what stands on the topic about a recording again, as it stands there. */
    private static void again(String topic, Recorded recorded, int times) {
        eventually(() ->
                assertThat(Events.seen().on(topic, recorded.recordingSid())).isNotEmpty());
        ConsumerRecord<String, byte[]> first =
                Events.seen().on(topic, recorded.recordingSid()).findFirst().orElseThrow();
        Events.publish(IntStream.range(0, times)
                .mapToObj(i -> new ProducerRecord<>(topic, null, first.key(), first.value(), first.headers()))
                .toList());
    }

    /**
     * Outcomes of one recording are taken in one after the other, so what was published before an unreadable one has had
     * its effect once that lies among the dead letters.
     *
     * @return why others of this recording lie there
     */
    static List<String> everythingBeforeIsTakenIn(Recorded recorded) {
        String last = "last " + UUID.randomUUID();
        String key = Samples.key(recorded).kafkaKey();
        Events.publish(new Draft(Samples.ready(recorded, 1, 1))
                .value(last)
                .to(Topics.FETCH_OUTCOMES, Events.partitionOf(Topics.FETCH_OUTCOMES, key)));
        eventually(() -> assertThat(
                        letters(recorded).anyMatch(letter -> text(letter).equals(last)))
                .isTrue());
        return letters(recorded)
                .filter(letter -> !text(letter).startsWith("last "))
                .map(letter -> String.valueOf(Events.header(letter, DeadLetter.REASON)))
                .toList();
    }

    private static Stream<ConsumerRecord<String, byte[]>> letters(Recorded recorded) {
        return Events.seen().on(Topics.deadLetters(Topics.FETCH_OUTCOMES), recorded.recordingSid());
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private String info(Recorded recorded) {
        return listener.info(recorded.recordingSid()).asString();
    }

    private static Stream<FetchRequested> requests(Recorded recorded) {
        return Events.seen().of(Topics.FETCH_REQUESTS, recorded.recordingSid(), FetchRequested.class).stream();
    }

    private static List<State> states(Recorded recorded) {
        return Events.seen().of(Topics.RECORDINGS, recorded.recordingSid(), StateChanged.class).stream()
                .map(StateChanged::state)
                .toList();
    }

    private static String prefix(Recorded recorded) {
        return Samples.key(recorded).objectPrefix();
    }
}
