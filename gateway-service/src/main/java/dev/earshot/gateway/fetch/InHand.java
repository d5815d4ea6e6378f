package dev.earshot.gateway.fetch;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Counts what is in hand, so that a stop can wait for it while the database is still connected. */
final class InHand {
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private int count;
    private boolean closing;

    <T> Uni<T> during(Uni<T> work) {
        return work.onSubscription().invoke(() -> change(1)).onTermination().invoke(() -> change(-1));
    }

    /**
     * Blocks; for the thread that stops the service.
     *
     * @return whether all of it has ended in time
     */
    boolean awaitEnd(Duration atMost) {
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
        change(0);
        return empty;
    }

    private synchronized void change(int by) {
        count += by;
        if (closing && count == 0) {
            boolean ignored = empty.complete(null);
        }
    }
}
