package dev.earshot.gateway.rounds;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One kind of work in rounds, on a plain Vert.x timer. */
public final class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class);
    /** Vert.x has no timer of less. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Vertx vertx;
    private final String name;
    private final Duration interval;
    private final Duration longest;
    private final Supplier<Uni<Boolean>> work;
    private CompletableFuture<Boolean> running = CompletableFuture.completedFuture(false);
    private boolean stopped;

    /**
     * @param name what the log calls it
     * @param interval from the end of a round to the next
     * @param longest after which a round that hangs is left to itself
     * @param work tells whether there is more to do at once
     */
    public Rounds(Vertx vertx, String name, Duration interval, Duration longest, Supplier<Uni<Boolean>> work) {
        this.vertx = vertx;
        this.name = name;
        this.interval = interval;
        this.longest = longest;
        this.work = work;
    }

    /** @param first when the first round begins */
    public void start(Duration first) {
        long ignored = vertx.setTimer(Math.max(1, first.toMillis()), timer -> round());
    }

    /**
     * No further round begins. Blocks the thread that stops the service until the one that runs has ended.
     *
     * @param oneMore whether one more follows it
     * @return whether it ended in time
     */
    public boolean stop(Duration atMost, boolean oneMore) {
        try {
            Boolean ignored = last(oneMore).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized CompletableFuture<Boolean> last(boolean oneMore) {
        stopped = true;
        return oneMore ? running.thenCompose(ignored -> once().subscribeAsCompletionStage()) : running;
    }

    private synchronized void round() {
        if (!stopped) {
            running = once().subscribeAsCompletionStage();
            var ignored = running.thenAccept(more -> start(more ? AT_ONCE : interval));
        }
    }

    private Uni<Boolean> once() {
        return Uni.createFrom()
                .deferred(work::get)
                .ifNoItem()
                .after(longest)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "A round of %s did not end well and comes again: %s: %s",
                        name, failure.getMessage(), failure.getCause()))
                .onFailure()
                .recoverWithItem(false);
    }
}
