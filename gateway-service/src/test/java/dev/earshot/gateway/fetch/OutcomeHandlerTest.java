package dev.earshot.gateway.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.DeadLetter;
import dev.earshot.events.EventCodec;
import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.events.Topics;
import dev.earshot.gateway.recording.RecordingsUnavailableException;
import dev.earshot.gateway.store.StoreUnavailableException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeHandlerTest {
    private static final int TRIES = 5;
    private static final Uni<Optional<String>> DONE = Uni.createFrom().item(Optional.empty());

    private final AtomicInteger tries = new AtomicInteger();
    private final BlockingQueue<String> aside = new LinkedBlockingQueue<>();

    @Test
    void anEffectIsHadOnce() {
        handle(outcome(), () -> DONE);

        assertThat(tries).hasValue(1);
        assertThat(aside).isEmpty();
    }

    static Stream<RuntimeException> infrastructure() {
        return Stream.of(
                new RecordingsUnavailableException(new IllegalStateException("down")),
                new StoreUnavailableException(new IllegalStateException("down")));
    }

    @ParameterizedTest
    @MethodSource("infrastructure")
    void whatIsDownIsWaitedForHoweverLongItTakes(RuntimeException failure) {
        handle(outcome(), () -> tries.get() <= 5 * TRIES ? Uni.createFrom().failure(failure) : DONE);

        assertThat(tries).hasValue(5 * TRIES + 1);
        assertThat(aside).isEmpty();
    }

    @Test
    void aFaultOfOursIsTriedAFewTimesThenPutAside() {
        handle(outcome(), () -> {
            throw new NullPointerException("a bug");
        });

        assertThat(tries).hasValue(TRIES);
        assertThat(aside).containsExactly("processing failed: NullPointerException");
    }

    @Test
    void aFaultThatPassesIsNoLoss() {
        handle(
                outcome(),
                () -> tries.get() < TRIES ? Uni.createFrom().failure(new IllegalArgumentException("a bug")) : DONE);

        assertThat(tries).hasValue(TRIES);
        assertThat(aside).isEmpty();
    }

    @Test
    void whatIsRefusedWithAReasonIsPutAside() {
        handle(outcome(), () -> Uni.createFrom().item(Optional.of("not ours")));

        assertThat(aside).containsExactly("not ours");
    }

    @Test
    void whatCannotBeReadHasNoEffect() {
        handle(new ConsumerRecord<>(Topics.FETCH_OUTCOMES, 0, 7, "key", null), () -> DONE);

        assertThat(tries).hasValue(0);
        assertThat(aside).hasSize(1);
    }

    @Test
    void theDeadLettersAreWaitedForToo() {
        AtomicInteger puts = new AtomicInteger();
        OutcomeHandler handler = new OutcomeHandler(
                event -> Uni.createFrom().item(Optional.of("not ours")),
                (record, reason) -> puts.incrementAndGet() < 4
                        ? Uni.createFrom().failure(new DeadLetters.UnavailableException(new TimeoutException()))
                        : Uni.createFrom().voidItem(),
                config());

        await(handler.handle(outcome()));

        assertThat(puts).hasValue(4);
    }

    @Test
    void aLetterThatCannotBeWrittenStopsNothing() {
        OutcomeHandler handler = new OutcomeHandler(
                event -> Uni.createFrom().item(Optional.of("not ours")),
                (record, reason) -> Uni.createFrom().failure(new IllegalStateException("a bug")),
                config());

        await(handler.handle(outcome()));
    }

    @Test
    void aLetterWithoutAValueIsSentAsOneWithout() {
        DeadLetter letter =
                DeadLetter.of("key", null, List.of(), new DeadLetter.Place(Topics.FETCH_OUTCOMES, 3, 7), "unreadable");

        var message = DeadLetters.message("a topic", letter);

        assertThat(message.getPayload().key()).isEqualTo("key");
        assertThat(message.getPayload().value()).isNull();
        assertThat(message.getMetadata(OutgoingKafkaRecordMetadata.class)
                        .orElseThrow()
                        .getHeaders()
                        .lastHeader(DeadLetter.REASON)
                        .value())
                .asString()
                .isEqualTo("unreadable");
    }

    private void handle(ConsumerRecord<String, byte[]> record, Supplier<Uni<Optional<String>>> effect) {
        OutcomeHandler handler = new OutcomeHandler(
                event -> {
                    tries.incrementAndGet();
                    return effect.get();
                },
                (put, reason) -> {
                    aside.add(reason);
                    return Uni.createFrom().voidItem();
                },
                config());
        await(handler.handle(record));
    }

    private static void await(Uni<Void> handled) {
        handled.subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitItem(Duration.ofSeconds(20))
                .assertCompleted();
    }

    private static OutcomesConfig config() {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(OutcomesConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("earshot.outcomes.retry-initial", "1ms", "earshot.outcomes.retry-max", "2ms"), "t", 200))
                .build()
                .getConfigMapping(OutcomesConfig.class);
    }

    private static ConsumerRecord<String, byte[]> outcome() {
        FetchFailed event = new FetchFailed(
                new Tenant("acme"),
                new AccountSid("AC" + "0".repeat(32)),
                new CallSid("CA" + "0".repeat(32)),
                new RecordingSid("RE" + "0".repeat(32)),
                FailureReason.UPSTREAM_ERROR,
                true,
                OptionalInt.empty(),
                OptionalInt.empty(),
                "a test",
                Instant.EPOCH,
                1,
                1);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topics.FETCH_OUTCOMES, 0, 7, event.key().kafkaKey(), EventCodec.data(event));
        EventCodec.headers(event)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
