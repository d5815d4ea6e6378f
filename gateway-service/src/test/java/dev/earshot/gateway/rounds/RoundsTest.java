package dev.earshot.gateway.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.OnVertx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aRoundThatFailsOrHangsDoesNotStopTheNext() {
        Rounds rounds = rounds(SOON, Duration.ofMillis(20), () -> switch (begun.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("thrown");
            case 2 -> Uni.createFrom().failure(new IllegalStateException("failed"));
            case 3 -> Uni.createFrom().nothing();
            default -> Uni.createFrom().item(false);
        });

        rounds.start(SOON);

        OnVertx.until("several rounds", () -> begun.get() > 4);
        assertThat(rounds.stop(PATIENCE, false)).isTrue();
    }

    @Test
    void theNextComesAtOnceWhereThereIsMoreToDo() {
        Rounds rounds = rounds(NEVER, NEVER, () -> Uni.createFrom().item(begun.incrementAndGet() < 3));

        rounds.start(SOON);

        OnVertx.until("three rounds", () -> begun.get() == 3);
        assertThat(rounds.stop(PATIENCE, false)).isTrue();
        assertThat(begun).hasValue(3);
    }

    @Test
    void aStopWaitsForTheRoundThatRunsAndForOneMoreWhereThatWasAskedFor() {
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        Rounds rounds = rounds(
                NEVER,
                NEVER,
                () -> begun.incrementAndGet() == 1
                        ? Uni.createFrom().completionStage(first)
                        : Uni.createFrom().item(true));
        rounds.start(SOON);
        OnVertx.until("the first", () -> begun.get() == 1);

        assertThat(rounds.stop(Duration.ofMillis(50), false)).isFalse();
        boolean ignored = first.complete(true);

        assertThat(rounds.stop(PATIENCE, true)).isTrue();
        assertThat(begun).hasValue(2);
    }

    private Rounds rounds(Duration interval, Duration longest, Supplier<Uni<Boolean>> work) {
        return new Rounds(vertx, "test", interval, longest, work);
    }
}
