package dev.earshot.gateway.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InHandTest {
    private final InHand inHand = new InHand();

    @Test
    void with_nothing_in_hand_nobody_waits() {
        assertThat(inHand.awaitEnd(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void work_that_does_not_end_is_waited_for_no_longer_than_told() {
        start(new CompletableFuture<>());

        assertThat(inHand.awaitEnd(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void work_has_ended_however_it_ended() {
        CompletableFuture<Void> fails = new CompletableFuture<>();
        CompletableFuture<Void> succeeds = new CompletableFuture<>();
        start(fails);
        start(succeeds);

        var failed = fails.completeExceptionally(new IllegalStateException("fails"));
        boolean early = inHand.awaitEnd(Duration.ofMillis(1));
        var succeeded = succeeds.complete(null);

        assertThat(failed && succeeded).isTrue();
        assertThat(early).isFalse();
        assertThat(inHand.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void what_comes_once_the_end_is_waited_for_does_not_begin() {
        boolean ended = inHand.awaitEnd(Duration.ofMillis(1));
        AtomicBoolean begun = new AtomicBoolean();

        var unused = inHand.during(Uni.createFrom().item(() -> begun.getAndSet(true)))
                .subscribe()
                .with(done -> {});

        assertThat(ended).isTrue();
        assertThat(begun).isFalse();
    }

    @Test
    void what_comes_between_two_does_not_put_the_end_off() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        start(first);
        boolean early = inHand.awaitEnd(Duration.ofMillis(1));
        start(new CompletableFuture<>());

        var completed = first.complete(null);

        assertThat(completed).isTrue();
        assertThat(early).isFalse();
        assertThat(inHand.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }

    private void start(CompletableFuture<Void> work) {
        var unused = inHand.during(Uni.createFrom().completionStage(work))
                .subscribe()
                .with(done -> {}, failure -> {});
    }
}
