package dev.earshot.gateway.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SweeperTest {
    private static final List<Integer> ITEMS = List.of(1, 2, 3, 4, 5);

    private final Set<Integer> tried = ConcurrentHashMap.newKeySet();

    @Test
    void where_something_could_be_done_the_next_lease_comes_at_once() {
        boolean done = anyDone(ITEMS, item -> item == 3);

        assertThat(done).isTrue();
        assertThat(tried).containsAll(ITEMS);
    }

    @Test
    void where_nothing_could_be_done_the_next_lease_waits() {
        boolean done = anyDone(ITEMS, item -> false);

        assertThat(done).isFalse();
        assertThat(tried).containsAll(ITEMS);
    }

    @Test
    void where_nothing_was_due_the_next_lease_waits() {
        assertThat(anyDone(List.of(), item -> true)).isFalse();
    }

    private boolean anyDone(List<Integer> items, Predicate<Integer> works) {
        return Sweeper.anyDone(items, 2, item -> Uni.createFrom().item(() -> tried.add(item) && works.test(item)))
                .await()
                .atMost(Duration.ofSeconds(5));
    }
}
