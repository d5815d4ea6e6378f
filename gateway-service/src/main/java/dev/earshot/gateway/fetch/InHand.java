package dev.earshot.gateway.fetch;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Counts what is in hand, so that a stop can wait for it while the database is still connected. */
public final class InHand {
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private int count;
    private boolean closing;

    /**
     * The work, counted while it runs. Once the end is waited for nothing begins any more: such work is never subscribed to,
     * and never ends. So whatever comes in meanwhile, the end is the end.
     */
    public <T> Uni<T> during(Uni<T> work) {
        return Uni.createFrom()
                .deferred(() -> begin()
                        ? work.onTermination().invoke(this::end)
                        : Uni.createFrom().nothing());
    }

    /**
     * Blocks the thread that stops the service: it lets the database go as soon as those whom it told have returned, so no
     * pipeline could hold it. From the call on nothing begins.
     *
     * @return whether all of it has ended in time
     */
    public boolean awaitEnd(Duration atMost) {
        try {
            whenEmpty().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
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

    private synchronized CompletableFuture<Void> whenEmpty() {
        closing = true;
        completeIfEmpty();
        return empty;
    }

    private synchronized boolean begin() {
        if (!closing) {
            count++;
        }
        return !closing;
    }

    private synchronized void end() {
        count--;
        completeIfEmpty();
    }

    private void completeIfEmpty() {
        if (closing && count == 0) {
            boolean ignored = empty.complete(null);
        }
    }
}
