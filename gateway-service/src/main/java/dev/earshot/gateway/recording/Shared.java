package dev.earshot.gateway.recording;

import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers who ask for the same at the same time share one piece of work. Whoever comes while it runs shares the
 * next one, which begins after they asked: nobody is answered from before their own question. So any number of
 * simultaneous callers costs two pieces of work at a time at most.
 *
 * <p>A caller who leaves takes nothing away from the others. Thread-safe.
 */
final class Shared<K, V> {
    /** Work that has not begun yet, and who waits for it. */
    private record Turn<V>(Supplier<Uni<V>> work, CompletableFuture<V> result) {}

    private final Map<K, @Nullable Turn<V>> nextOfRunning = new HashMap<>();

    /** The result of work that begins after this call. Fails as the work fails. */
    Uni<V> get(K key, Supplier<Uni<V>> work) {
        return Uni.createFrom().completionStage(() -> join(key, work).copy());
    }

    private CompletableFuture<V> join(K key, Supplier<Uni<V>> work) {
        Turn<V> turn;
        synchronized (this) {
            if (nextOfRunning.containsKey(key)) {
                Turn<V> next = nextOfRunning.get(key);
                if (next == null) {
                    next = new Turn<>(work, new CompletableFuture<>());
                    nextOfRunning.put(key, next);
                }
                return next.result();
            }
            turn = new Turn<>(work, new CompletableFuture<>());
            nextOfRunning.put(key, null);
        }
        begin(key, turn);
        return turn.result();
    }

    private void begin(K key, Turn<V> turn) {
        var unused = Uni.createFrom()
                .deferred(() -> turn.work().get())
                .subscribeAsCompletionStage()
                .whenComplete((value, failure) -> {
                    Turn<V> next = ended(key);
                    if (failure == null) {
                        turn.result().complete(value);
                    } else {
                        turn.result().completeExceptionally(failure);
                    }
                    if (next != null) {
                        begin(key, next);
                    }
                });
    }

    private synchronized @Nullable Turn<V> ended(K key) {
        Turn<V> next = nextOfRunning.remove(key);
        if (next != null) {
            nextOfRunning.put(key, null);
        }
        return next;
    }
}
