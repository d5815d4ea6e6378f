package dev.earshot.e2e.support;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened to the requests of {@link Player}s. */
public final class Tally {
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger promised = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicInteger played = new AtomicInteger();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();

    void request() {
        requests.incrementAndGet();
    }

    void promise() {
        promised.incrementAndGet();
    }

    void retry() {
        retried.incrementAndGet();
    }

    void refuse() {
        refused.incrementAndGet();
    }

    void resume() {
        resumed.incrementAndGet();
    }

    void play() {
        played.incrementAndGet();
    }

    void fail(String what) {
        failed.add(what);
    }

    public int requests() {
        return requests.get();
    }

    /** Recordings that were not there yet: 202. */
    public int promised() {
        return promised.get();
    }

    /** Requests that were sent again, since their connection broke before an answer began. */
    public int retried() {
        return retried.get();
    }

    /** Answers 503 with Retry-After, after which the request was sent again. */
    public int refused() {
        return refused.get();
    }

    /** Streams that broke in the middle and were resumed by Range. */
    public int resumed() {
        return resumed.get();
    }

    /** Recordings that were heard to their last byte, each byte compared. */
    public int played() {
        return played.get();
    }

    /** Whatever no listener should have seen. */
    public Queue<String> failed() {
        return failed;
    }

    @Override
    public String toString() {
        return ("%s requests, %s promises (202), %s played to the exact bytes, %s retried, %s refused, %s resumed,"
                        + " %s failed")
                .formatted(requests, promised, played, retried, refused, resumed, failed.size());
    }
}
