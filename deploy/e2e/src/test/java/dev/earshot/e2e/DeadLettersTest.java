package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Admin;
import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.ConsumerGroups;
import dev.earshot.e2e.support.Draft;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.NextInLine;
import dev.earshot.e2e.support.Samples;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.DeadLetter;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 7: one poison message delays nobody else. */
class DeadLettersTest {
    /** What is said of lists is in {@link MissedTest}. */
    private static final List<String> ABOUT_FETCHES =
            List.of(Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS, Topics.FETCH_OUTCOMES);

    private static final String MARK = "e2e-mark";
    /** Of a letter that would not fit no more is kept. */
    private static final int KEPT_OF_A_VALUE = 64 << 10;

    private final Recorded subject = Simulator.call("acme");

    /** A record that is neither had nor put aside would keep its partition's offset where it is. */
    @AfterAll
    static void nothingIsLeftToRead() {
        within(Duration.ofMinutes(1), () -> assertThat(ConsumerGroups.lag()).isEmpty());
    }

    static Stream<Arguments> ordinary() {
        return ABOUT_FETCHES.stream()
                .flatMap(topic ->
                        Stream.of(BadRecord.UNREADABLE, BadRecord.NOISE).map(bad -> Arguments.of(topic, bad)));
    }

    @ParameterizedTest
    @MethodSource("ordinary")
    void a_poison_message_goes_to_the_dead_letters_with_its_reason_and_the_next_one_is_handled(
            String topic, BadRecord bad) {
        putAside(topic, spoilt(topic, bad), bad.reason());
    }

    static Stream<Arguments> matrix() {
        return ABOUT_FETCHES.stream()
                .flatMap(topic -> Stream.concat(
                                BadRecord.all(),
                                topic.equals(Topics.FETCH_OUTCOMES) ? BadRecord.outcomes() : Stream.empty())
                        .map(bad -> Arguments.of(topic, bad)));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("matrix")
    void every_kind_of_poison_goes_to_the_dead_letters_and_the_next_one_is_handled(String topic, BadRecord bad) {
        putAside(topic, spoilt(topic, bad), bad.reason());
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS})
    void an_outcome_on_a_topic_of_requests_is_a_dead_letter(String topic) {
        putAside(topic, new Draft(Samples.ready(subject, 1, 1)), "not a fetch request but a ready");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = Topics.FETCH_OUTCOMES)
    void a_request_on_the_topic_of_outcomes_is_a_dead_letter(String topic) {
        putAside(topic, new Draft(Samples.requested(subject, Lane.INTERACTIVE)), "does not belong");
    }

    /** What is unreadable stays so; that it is a letter again shows that it was sent. */
    @Test
    void an_operator_lists_a_dead_letter_and_has_it_replayed() throws Exception {
        String topic = Topics.FETCH_OUTCOMES;
        String mark = UUID.randomUUID().toString();
        Events.publish(spoilt(topic, BadRecord.UNREADABLE).header(MARK, mark).to(topic, 0));
        eventually(() -> assertThat(letters(topic, mark)).hasSize(1));
        ConsumerRecord<String, byte[]> first = letters(topic, mark).getFirst();
        String place = "--topic " + topic + " --partition " + first.partition() + " --offset " + first.offset();

        Admin list = Admin.ask("dead-letters", "list", "--topic", topic, "--limit", "500");
        assertThat(list.said()).contains(place).contains(mark);
        assertThat(list.exitCode()).isZero();
        Admin replay = Admin.ask(("dead-letters replay " + place).split(" "));

        assertThat(replay.exitCode()).as(replay.said()).isZero();
        eventually(() -> assertThat(letters(topic, mark)).hasSize(2));
        ConsumerRecord<String, byte[]> second = letters(topic, mark).getLast();
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.value()).isEqualTo(first.value());
        assertThat(Events.header(second, DeadLetter.REPLAY_OF))
                .isEqualTo(Topics.deadLetters(topic) + "/" + first.partition() + "/" + first.offset());
        assertThat(Admin.ask(("dead-letters replay " + place).split(" ")).exitCode())
                .isEqualTo(1);
        nothingHappened();
    }

    private Draft spoilt(String topic, BadRecord bad) {
        Draft draft = new Draft(valid(topic));
        bad.spoil().accept(draft);
        return draft;
    }

    private RecordingEvent valid(String topic) {
        return switch (topic) {
            case Topics.FETCH_OUTCOMES -> Samples.ready(subject, 1, 1);
            case Topics.PREFETCH_REQUESTS -> Samples.requested(subject, Lane.BULK);
            default -> Samples.requested(subject, Lane.INTERACTIVE);
        };
    }

    private void putAside(String topic, Draft draft, String reason) {
        String mark = UUID.randomUUID().toString();
        NextInLine next = NextInLine.on(topic);
        ProducerRecord<String, byte[]> record = draft.header(MARK, mark).to(topic, next.partition());

        Events.publish(record);
        Duration took = next.isHeard();

        assertThat(took).isLessThanOrEqualTo(NextInLine.LIMIT);
        System.out.printf("%s behind a bad record (%s): heard after %d ms%n", topic, reason, took.toMillis());
        eventually(() -> assertThat(letters(topic, mark)).hasSize(1));
        ConsumerRecord<String, byte[]> letter = letters(topic, mark).getFirst();
        assertThat(Events.header(letter, DeadLetter.REASON)).contains(reason);
        assertThat(Events.header(letter, DeadLetter.TOPIC)).isEqualTo(topic);
        assertThat(Events.header(letter, DeadLetter.PARTITION)).isEqualTo("" + next.partition());
        assertThat(Events.header(letter, DeadLetter.OFFSET)).isNotBlank();
        isAsItCame(letter, record);
        nothingHappened();
    }

    private static List<ConsumerRecord<String, byte[]>> letters(String topic, String mark) {
        return Events.seen()
                .on(Topics.deadLetters(topic))
                .filter(letter -> mark.equals(Events.header(letter, MARK)))
                .toList();
    }

    /** Byte for byte, but for what the broker would not take for its size. */
    private static void isAsItCame(ConsumerRecord<String, byte[]> letter, ProducerRecord<String, byte[]> record) {
        if (Events.header(letter, DeadLetter.CUT) == null) {
            assertThat(letter.key()).isEqualTo(record.key());
            assertThat(letter.value()).isEqualTo(record.value());
            return;
        }
        assertThat(record.value().length).isGreaterThanOrEqualTo(letter.value().length);
        assertThat(letter.value().length).isLessThanOrEqualTo(KEPT_OF_A_VALUE);
        assertThat(record.key()).startsWith(letter.key());
    }

    private void nothingHappened() {
        assertThat(Listener.of("acme")
                        .info(subject.recordingSid())
                        .path("state")
                        .toString())
                .isEqualTo("registered");
        assertThat(Simulator.downloads(subject)).isZero();
        assertThat(Bucket.local().keys("acme/" + subject.recordingSid() + "/")).isEmpty();
        assertThat(Bucket.local().keys("globex/" + subject.recordingSid() + "/"))
                .isEmpty();
    }
}
