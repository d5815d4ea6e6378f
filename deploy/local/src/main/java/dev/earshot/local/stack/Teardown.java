package dev.earshot.local.stack;

import dev.earshot.local.Console;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be stopped, in the reverse order of its starting. */
final class Teardown {
    private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

    private final Console console;
    private final Deque<Step> steps = new ArrayDeque<>();
    private volatile boolean quiet;

    Teardown(Console console) {
        this.console = console;
    }

    /** @param shown empty if the terminal need not hear of it */
    private record Step(String shown, AutoCloseable action) {}

    /** What is stopped at the same time. */
    final class Group {
        private final Queue<Step> beside = new ConcurrentLinkedQueue<>();

        void add(String shown, AutoCloseable action) {
            beside.add(new Step(shown, action));
        }

        private void run() {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                beside.forEach(step -> threads.execute(() -> Teardown.this.run(step)));
            }
        }
    }

    synchronized void push(String shown, AutoCloseable action) {
        steps.push(new Step(shown, action));
    }

    /** An empty group, stopped when it is its turn. */
    Group pushGroup() {
        Group group = new Group();
        push("", group::run);
        return group;
    }

    /** From now on nothing is printed: the reason for stopping shall stay the last thing that is read. */
    void quieten() {
        quiet = true;
    }

    /** Whatever fails, the rest is stopped too. */
    synchronized void run() {
        while (!steps.isEmpty()) {
            run(steps.pop());
        }
    }

    private void run(Step step) {
        long start = System.nanoTime();
        try {
            step.action().close();
            if (isTold(step)) {
                console.step(step.shown(), "stopped", Duration.ofNanos(System.nanoTime() - start));
            }
        } catch (Exception failure) {
            LOG.warn("Stopping failed: {}", step.shown(), failure);
            if (isTold(step)) {
                console.line("  " + step.shown() + ": " + failure.getMessage());
            }
        }
    }

    private boolean isTold(Step step) {
        return !quiet && !step.shown().isEmpty();
    }
}
