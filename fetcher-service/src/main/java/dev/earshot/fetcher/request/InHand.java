package dev.earshot.fetcher.request;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Counts the requests in hand, and tells when the last one is done. */
@Singleton
class InHand {
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private int count;
    private boolean closing;

    /**
     * The work, counted while it runs. Once the end is waited for nothing begins any more: such work is never subscribed to,
     * and never ends. So whatever comes in meanwhile, the end is the end.
     */
    <T> Uni<T> during(Uni<T> work) {
        return Uni.createFrom()
                .deferred(() -> begin()
                        ? work.onTermination().invoke(this::end)
                        : Uni.createFrom().nothing());
    }

    /** From now on nothing begins; completes when nothing is in hand any more. */
    synchronized CompletableFuture<Void> whenEmpty() {
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
