package dev.earshot.local.stack;

import dev.earshot.local.Console;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be stopped, in the reverse order of its starting. */
final class Teardown {
    private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

    private final Console console;
    private final Deque<Step> steps = new ArrayDeque<>();

    Teardown(Console console) {
        this.console = console;
    }

    /** @param shown empty if the terminal need not hear of it */
    private record Step(String shown, AutoCloseable action) {}

    synchronized void push(String shown, AutoCloseable action) {
        steps.push(new Step(shown, action));
    }

    /** Whatever fails, the rest is stopped too. */
    synchronized void run() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            long start = System.nanoTime();
            try {
                step.action().close();
                if (!step.shown().isEmpty()) {
                    console.step(step.shown(), "stopped", Duration.ofNanos(System.nanoTime() - start));
                }
            } catch (Exception failure) {
                LOG.warn("Stopping failed: {}", step.shown(), failure);
                if (!step.shown().isEmpty()) {
                    console.line("  " + step.shown() + ": " + failure.getMessage());
                }
            }
        }
    }
}
