package dev.earshot.gateway.fetch;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Works on different keys at the same time, and on one key in the order of the subscriptions. It keeps one entry for each
 * key in hand; who subscribes bounds their number.
 */
public final class InOrder {
    /** For each key in hand the end of what was subscribed to last. */
    private final ConcurrentMap<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /** The work, once everything before it under the same key has ended, however it ended. */
    public <T> Uni<T> after(String key, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> end = new CompletableFuture<>();
            CompletableFuture<Void> before = last.put(key, end);
            Uni<Void> turn = before == null
                    ? Uni.createFrom().voidItem()
                    // A copy: who no longer waits for the one before must not end it.
                    : Uni.createFrom().completionStage(before::copy);
            return turn.chain(ignored -> work.get()).onTermination().invoke(() -> leave(key, end));
        });
    }

    private void leave(String key, CompletableFuture<Void> end) {
        // Only if nobody came after: then the next one starts a line of its own.
        last.remove(key, end);
        boolean ignored = end.complete(null);
    }

    int keysInHand() {
        return last.size();
    }
}
