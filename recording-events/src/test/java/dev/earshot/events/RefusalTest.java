package dev.earshot.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {
    static Stream<Throwable> forGood() {
        return Stream.of(
                new RecordTooLargeException(),
                new IllegalStateException(new RecordTooLargeException()),
                new TopicAuthorizationException("denied"),
                new PolicyViolationException("not here"),
                new SerializationException(),
                new InvalidTopicException());
    }

    static Stream<Throwable> forNow() {
        return Stream.of(
                new TimeoutException(),
                new NotEnoughReplicasException(),
                new UnknownTopicOrPartitionException(),
                new IllegalStateException(new TimeoutException()),
                new SaslAuthenticationException("the credentials are being changed"),
                new IllegalStateException("buffer is full"));
    }

    @ParameterizedTest
    @MethodSource("forGood")
    void the_broker_refuses_for_good(Throwable failure) {
        assertThat(Refusal.isForGood(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("forNow")
    void sending_again_may_help(Throwable failure) {
        assertThat(Refusal.isForGood(failure)).isFalse();
    }

    @Test
    void what_is_too_large_is_known_however_it_is_wrapped() {
        assertThat(Refusal.isTooLarge(new IllegalStateException(new RecordTooLargeException())))
                .isTrue();
        assertThat(Refusal.isTooLarge(new InvalidTopicException())).isFalse();
    }
}
