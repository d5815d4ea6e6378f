package dev.earshot.fetcher.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InHandTest {
    private final InHand inHand = new InHand();

    @Test
    void the_end_is_when_the_last_one_has_ended_however_it_ended() {
        CompletableFuture<Void> fails = new CompletableFuture<>();
        CompletableFuture<Void> succeeds = new CompletableFuture<>();
        start(fails);
        start(succeeds);
        CompletableFuture<Void> empty = inHand.whenEmpty();

        var failed = fails.completeExceptionally(new IllegalStateException("fails"));
        boolean early = empty.isDone();
        var succeeded = succeeds.complete(null);

        assertThat(failed && succeeded).isTrue();
        assertThat(early).isFalse();
        assertThat(empty).isCompleted();
    }

    @Test
    void what_comes_once_the_end_is_waited_for_does_not_begin() {
        CompletableFuture<Void> running = new CompletableFuture<>();
        start(running);
        CompletableFuture<Void> empty = inHand.whenEmpty();
        AtomicBoolean begun = new AtomicBoolean();

        var unused = inHand.during(Uni.createFrom().item(() -> begun.getAndSet(true)))
                .subscribe()
                .with(done -> {});
        var ended = running.complete(null);

        assertThat(ended).isTrue();
        assertThat(begun).isFalse();
        assertThat(empty).isCompleted();
    }

    private void start(CompletableFuture<Void> work) {
        var unused = inHand.during(Uni.createFrom().completionStage(work))
                .subscribe()
                .with(done -> {}, failure -> {});
    }
}
