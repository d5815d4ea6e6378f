package dev.earshot.fetcher.fetch;

import dev.earshot.events.ObjectRef;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The fetches that run in this process, by the object they make. Kafka delivers at least once, and the gateway may
 * publish an attempt on both topics: whoever comes second waits for the first one's result.
 */
final class RunningFetches {
    private final Map<ObjectRef, Uni<FetchResult>> running = new ConcurrentHashMap<>();

    /**
     * Joins the running fetch for the object, or starts one.
     *
     * @param onJoined told when there was one to join
     */
    Uni<FetchResult> join(ObjectRef object, Supplier<Uni<FetchResult>> start, Runnable onJoined) {
        Uni<FetchResult> mine = Uni.createFrom()
                .deferred(start::get)
                .onTermination()
                .invoke(() -> running.remove(object))
                .memoize()
                .indefinitely();
        Uni<FetchResult> first = running.putIfAbsent(object, mine);
        if (first == null) {
            return mine;
        }
        onJoined.run();
        return first;
    }
}
