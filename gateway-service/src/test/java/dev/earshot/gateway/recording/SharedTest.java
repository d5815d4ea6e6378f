package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedTest {
    private final Shared<String, Integer> shared = new Shared<>();
    private final List<CompletableFuture<Integer>> works = new ArrayList<>();
    private final List<CompletableFuture<Integer>> others = new ArrayList<>();

    private CompletableFuture<Integer> ask(String key) {
        return shared.get(key, this::work).subscribeAsCompletionStage();
    }

    private void somebodyAsks(String key) {
        others.add(ask(key));
    }

    private Uni<Integer> work() {
        CompletableFuture<Integer> work = new CompletableFuture<>();
        works.add(work);
        return Uni.createFrom().completionStage(work);
    }

    @Test
    void whoeverComesWhileWorkRunsSharesTheNextOne() {
        CompletableFuture<Integer> first = ask("a");
        List<CompletableFuture<Integer>> later = new ArrayList<>();
        for (int i = 0; i < 499; i++) {
            later.add(ask("a"));
        }

        works.get(0).complete(1);
        works.get(1).complete(2);

        assertThat(works).hasSize(2);
        assertThat(first.join()).isEqualTo(1);
        assertThat(later).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(2));
    }

    @Test
    void nobodyIsAnsweredFromBeforeTheirOwnQuestion() {
        somebodyAsks("a");
        CompletableFuture<Integer> later = ask("a");

        works.get(0).complete(1);

        assertThat(later).isNotDone();
        assertThat(works).hasSize(2);
    }

    @Test
    void anotherKeyWaitsForNobody() {
        somebodyAsks("a");
        somebodyAsks("b");

        assertThat(works).hasSize(2);
    }

    @Test
    void aFailureIsToldToAllWhoShareItAndEndsWithThem() {
        CompletableFuture<Integer> first = ask("a");
        CompletableFuture<Integer> second = ask("a");

        works.get(0).completeExceptionally(new IllegalStateException("down"));
        works.get(1).complete(2);
        CompletableFuture<Integer> third = ask("a");
        works.get(2).complete(3);

        assertThat(first)
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessage("down");
        assertThat(second.join()).isEqualTo(2);
        assertThat(third.join()).isEqualTo(3);
    }

    @Test
    void whoLeavesTakesNothingFromTheOthers() {
        somebodyAsks("a");
        CompletableFuture<Integer> leaving = ask("a");
        CompletableFuture<Integer> staying = ask("a");

        leaving.cancel(true);
        works.get(0).complete(1);
        works.get(1).complete(2);

        assertThat(staying.join()).isEqualTo(2);
    }

    @Test
    void workThatThrowsAtOnceIsAFailureAndNotTheEnd() {
        CompletableFuture<Integer> broken = shared.get("a", () -> {
                    throw new IllegalStateException("at once");
                })
                .subscribeAsCompletionStage();

        CompletableFuture<Integer> next = ask("a");
        works.get(0).complete(1);

        assertThat(broken).isCompletedExceptionally();
        assertThat(next.join()).isEqualTo(1);
    }
}
