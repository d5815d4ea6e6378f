package dev.earshot.gateway.alias;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A client as other products have it: it asks, and asks again after waits of its own for as long as it is told one status. What it is
 * told beside the status it does not look at.
 */
final class LegacyClient {
    private final int retriesOn;
    private final List<Duration> waits;
    private final double factor;
    private final List<Integer> statuses = new ArrayList<>();

    /**
     * @param retriesOn the status that makes it ask again
     * @param waits before each further try; it gives up after the last
     * @param factor what every wait is multiplied by, for those who cannot wait
     */
    LegacyClient(int retriesOn, List<Duration> waits, double factor) {
        this.retriesOn = retriesOn;
        this.waits = waits;
        this.factor = factor;
    }

    /** @param afterMiss is told how many answers were not the audio so far */
    Response fetch(Supplier<Response> ask, IntConsumer afterMiss) {
        Response answer = ask.get();
        statuses.add(answer.statusCode());
        for (Duration wait : waits) {
            if (answer.statusCode() != retriesOn) {
                break;
            }
            afterMiss.accept(statuses.size());
            pause(wait);
            answer = ask.get();
            statuses.add(answer.statusCode());
        }
        return answer;
    }

    private void pause(Duration wait) {
        long until = System.nanoTime() + (long) (wait.toNanos() * factor);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** What it was told, in order. */
    List<Integer> statuses() {
        return List.copyOf(statuses);
    }
}
