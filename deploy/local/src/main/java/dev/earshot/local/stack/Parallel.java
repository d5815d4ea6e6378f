package dev.earshot.local.stack;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts parts at the same time and tells how long each took. Waits for all of them, even when one fails: then each can be stopped. */
final class Parallel {
    private static final Logger LOG = LoggerFactory.getLogger(Parallel.class);

    private final Console console;
    private final Path log;

    Parallel(Console console, Path log) {
        this.console = console;
        this.log = log;
    }

    /** The starting of one part. */
    interface Start {
        void run() throws Exception;
    }

    record Part(String name, Start start) {}

    void start(List<Part> parts) throws StackFailure, InterruptedException {
        List<StackFailure> failures = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(parts.size())) {
            List<Future<Void>> running = parts.stream()
                    .map(part -> threads.submit(() -> start(part)))
                    .toList();
            for (Future<Void> one : running) {
                try {
                    one.get();
                } catch (ExecutionException failed) {
                    failures.add((StackFailure) failed.getCause());
                }
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private @Nullable Void start(Part part) throws StackFailure {
        long begin = System.nanoTime();
        try {
            part.start().run();
        } catch (StackFailure told) {
            throw told;
        } catch (Throwable failure) { // A missing class or native library has to be told as well.
            LOG.error("{} did not start", part.name(), failure);
            throw new StackFailure(part.name() + " did not start: " + failure + ". More is in " + log, failure);
        }
        console.step(part.name(), "ready", Duration.ofNanos(System.nanoTime() - begin));
        return null;
    }
}
