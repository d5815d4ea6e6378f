package dev.earshot.fetcher.peaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeaksQueueTest {
    private final Deque<Runnable> thread = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    @Test
    void listenersComeBeforePrefetchAndTheOldestFirst() {
        PeaksQueue queue = new PeaksQueue(1, 10, thread::add);
        queue.enter(bulk("first"));
        queue.enter(bulk("b1"));
        queue.enter(interactive("i1"));
        queue.enter(bulk("b2"));
        queue.enter(interactive("i2"));
        assertThat(queue.waiting()).isEqualTo(4);

        runAll();

        assertThat(ran).containsExactly("first", "i1", "i2", "b1", "b2");
        assertThat(skipped).isEmpty();
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void noMoreThanAllowedRunAtTheSameTime() {
        PeaksQueue queue = new PeaksQueue(2, 10, thread::add);

        queue.enter(bulk("a"));
        queue.enter(bulk("b"));
        queue.enter(bulk("c"));

        assertThat(thread).hasSize(2);
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void aPlaceThatIsFreeAgainIsTaken() {
        PeaksQueue queue = new PeaksQueue(1, 0, thread::add);
        queue.enter(bulk("a"));
        runAll();

        queue.enter(bulk("b"));
        runAll();

        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void prefetchThatFindsTheQueueFullIsSkipped() {
        PeaksQueue queue = fullOf(interactive("i1"), bulk("b1"));

        queue.enter(bulk("late"));

        assertThat(skipped).containsExactly("late");
        runAll();
        assertThat(ran).containsExactly("running", "i1", "b1");
    }

    @Test
    void aListenersDisplacesTheYoungestPrefetchedOne() {
        PeaksQueue queue = fullOf(bulk("old"), bulk("young"));

        queue.enter(interactive("i1"));

        assertThat(skipped).containsExactly("young");
        runAll();
        assertThat(ran).containsExactly("running", "i1", "old");
    }

    @Test
    void amongListenersWhoeverComesLastFindsNoPlace() {
        PeaksQueue queue = fullOf(interactive("i1"), interactive("i2"));

        queue.enter(interactive("late"));

        assertThat(skipped).containsExactly("late");
    }

    @Test
    void whoeverLeavesIsSkippedOnceAndNeverRun() {
        PeaksQueue queue = new PeaksQueue(1, 10, thread::add);
        queue.enter(bulk("running"));
        Turn leaving = bulk("leaving");
        queue.enter(leaving);

        assertThat(queue.leave(leaving)).isTrue();
        assertThat(queue.leave(leaving)).isFalse();

        runAll();
        assertThat(skipped).containsExactly("leaving");
        assertThat(ran).containsExactly("running");
    }

    private PeaksQueue fullOf(Turn... waiting) {
        PeaksQueue queue = new PeaksQueue(1, waiting.length, thread::add);
        queue.enter(bulk("running"));
        for (Turn each : waiting) {
            queue.enter(each);
        }
        return queue;
    }

    private void runAll() {
        while (!thread.isEmpty()) {
            thread.remove().run();
        }
    }

    private Turn interactive(String name) {
        return new Turn(name, Lane.INTERACTIVE);
    }

    private Turn bulk(String name) {
        return new Turn(name, Lane.BULK);
    }

    private final class Turn implements PeaksQueue.Entry {
        private final String name;
        private final Lane lane;

        Turn(String name, Lane lane) {
            this.name = name;
            this.lane = lane;
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public void run() {
            ran.add(name);
        }

        @Override
        public void skip() {
            skipped.add(name);
        }
    }
}
