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

    <T> Uni<T> during(Uni<T> work) {
        return work.onSubscription().invoke(() -> change(1)).onTermination().invoke(() -> change(-1));
    }

    /** Completes when nothing is in hand any more. */
    synchronized CompletableFuture<Void> whenEmpty() {
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
