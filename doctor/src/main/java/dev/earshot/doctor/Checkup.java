package dev.earshot.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes all checks, side by side: none waits for another, and none that hangs or fails hides another. */
final class Checkup {
    /** A folder may hold hundreds of accounts; Twilio takes that many calls of one customer at a time without a 429. */
    private static final int AT_ONCE = 16;

    private final Duration limit;

    /** @param limit for one check, as the last resort: what it asks has shorter time-outs of its own */
    Checkup(Duration limit) {
        this.limit = limit;
    }

    /** @return in the order of the checks, whichever came first */
    List<Finding> of(List<Check> checks) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        try (Threads threads = new Threads()) {
            List<Future<List<Finding>>> running = new ArrayList<>();
            for (Check check : checks) {
                places.acquire();
                running.add(threads.start(() -> {
                    try {
                        return bounded(check, threads);
                    } finally {
                        places.release();
                    }
                }));
            }
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < running.size(); i++) {
                findings.addAll(result(running.get(i), checks.get(i)));
            }
            return findings;
        }
    }

    private List<Finding> bounded(Check check, Threads threads) throws InterruptedException, ExecutionException {
        Future<List<Finding>> look = threads.start(check.look()::findings);
        try {
            return look.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            var unused = look.cancel(true);
            return List.of(new Finding(
                    check.name(),
                    Severity.UNREACHABLE,
                    "there was no end after " + limit.toSeconds() + " s",
                    "look whether the address leads anywhere",
                    check.keys()));
        }
    }

    private static List<Finding> result(Future<List<Finding>> done, Check check) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof ExecutionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof Misconfigured known) {
                return List.of(known.as(check.name()));
            }
            return List.of(new Finding(
                    check.name(),
                    Severity.UNREACHABLE,
                    "could not be looked at: "
                            + (cause == null ? e : cause).getClass().getName(),
                    "look at what this check reads",
                    check.keys()));
        }
    }

    /** Daemons, which do not keep the process alive: a library may ignore that it is interrupted. */
    private static final class Threads implements AutoCloseable {
        private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("check-", 0).factory());

        Future<List<Finding>> start(Callable<List<Finding>> work) {
            return executor.submit(work);
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
