package dev.earshot.fetcher.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.fetcher.health.Dependencies;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishRetryTest {
    private static final int TRIES = 3;

    private final Dependencies dependencies = new Dependencies();
    private final PublishRetry retry = new PublishRetry(Duration.ofMillis(1), Duration.ofMillis(2), dependencies);
    private final AtomicInteger sent = new AtomicInteger();

    static Stream<RuntimeException> forGood() {
        return Stream.of(
                new RecordTooLargeException(),
                new TopicAuthorizationException("denied"),
                new InvalidTopicException("no such name"));
    }

    @ParameterizedTest
    @MethodSource("forGood")
    void what_the_broker_refuses_for_good_is_sent_once(RuntimeException failure) {
        Uni<Void> letter = retry.untilAcknowledgedOrRefused(() -> failing(failure, TRIES));

        assertThatThrownBy(() -> await(letter)).isSameAs(failure);

        assertThat(sent).hasValue(1);
        assertThat(dependencies.states()).isEmpty();
    }

    @Test
    void what_may_pass_is_sent_until_it_is_acknowledged() {
        await(retry.untilAcknowledgedOrRefused(() -> failing(new TimeoutException("away"), TRIES)));

        assertThat(sent).hasValue(TRIES);
        assertThat(dependencies.states()).containsEntry(Dependencies.KAFKA, "ok");
    }

    @Test
    void an_outcome_has_no_last_try() {
        await(retry.untilAcknowledged(() -> failing(new TopicAuthorizationException("denied"), TRIES)));

        assertThat(sent).hasValue(TRIES);
    }

    private Uni<Void> failing(RuntimeException failure, int tries) {
        return sent.incrementAndGet() < tries
                ? Uni.createFrom().failure(failure)
                : Uni.createFrom().voidItem();
    }

    private static void await(Uni<Void> sending) {
        var ignored = sending.await().atMost(Duration.ofSeconds(10));
    }
}
