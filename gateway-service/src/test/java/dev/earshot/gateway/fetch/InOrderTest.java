package dev.earshot.gateway.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InOrderTest {
    private final InOrder inOrder = new InOrder();
    private final List<String> started = new ArrayList<>();

    @Test
    void oneKeyIsWorkedOnInOrderAndOthersDoNotWait() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        UniAssertSubscriber<String> first = subscribe("a", "a1", slow);
        UniAssertSubscriber<String> second = subscribe("a", "a2", new CompletableFuture<>());
        UniAssertSubscriber<String> other = subscribe("b", "b1", CompletableFuture.completedFuture("b1"));

        assertThat(started).containsExactly("a1", "b1");
        other.assertItem("b1");

        slow.complete("a1");

        first.assertItem("a1");
        assertThat(started).containsExactly("a1", "b1", "a2");
        second.assertNotTerminated();
    }

    @Test
    void whatFailsLetsTheNextOneBegin() {
        CompletableFuture<String> broken = new CompletableFuture<>();
        UniAssertSubscriber<String> first = subscribe("a", "a1", broken);
        UniAssertSubscriber<String> second = subscribe("a", "a2", CompletableFuture.completedFuture("a2"));

        broken.completeExceptionally(new IllegalStateException("on purpose"));

        first.assertFailed();
        second.assertItem("a2");
    }

    @Test
    void whoNoLongerWaitsStopsNobody() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        UniAssertSubscriber<String> first = subscribe("a", "a1", slow);
        UniAssertSubscriber<String> second = subscribe("a", "a2", new CompletableFuture<>());
        UniAssertSubscriber<String> third = subscribe("a", "a3", CompletableFuture.completedFuture("a3"));

        second.cancel();
        slow.complete("a1");

        first.assertItem("a1");
        third.assertItem("a3");
    }

    @Test
    void nothingIsKeptOfWhatHasEnded() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        subscribe("a", "a1", slow);
        subscribe("a", "a2", CompletableFuture.completedFuture("a2"));
        subscribe("b", "b1", CompletableFuture.completedFuture("b1"));
        assertThat(inOrder.keysInHand()).isEqualTo(1);

        slow.complete("a1");

        assertThat(inOrder.keysInHand()).isZero();
    }

    @Test
    void tenThousandInAStreamKeepTheirOrder() {
        List<Integer> done = new ArrayList<>();

        AssertSubscriber<Integer> all = Multi.createFrom()
                .range(0, 10_000)
                .onItem()
                .transformToUni(i -> inOrder.after(
                        i % 2 == 0 ? "even" : "odd",
                        () -> Uni.createFrom().item(i).invoke(done::add)))
                .merge(64)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        all.awaitCompletion();
        assertThat(done.stream().filter(i -> i % 2 == 0)).isSorted().hasSize(5000);
        assertThat(done.stream().filter(i -> i % 2 == 1)).isSorted().hasSize(5000);
    }

    private UniAssertSubscriber<String> subscribe(String key, String name, CompletableFuture<String> work) {
        return inOrder.after(key, () -> {
                    started.add(name);
                    return Uni.createFrom().completionStage(work);
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
