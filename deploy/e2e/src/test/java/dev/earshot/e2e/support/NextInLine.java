package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.Topics;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A recording whose messages come next on a partition, behind whatever a test puts there. */
public final class NextInLine {
    /** What everybody else may be made to wait by one record. */
    public static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Set<String> WARM = ConcurrentHashMap.newKeySet();

    private final String topic;
    private final Recorded recorded;
    private final Listener listener;

    private NextInLine(String topic, Recorded recorded) {
        this.topic = topic;
        this.recorded = recorded;
        this.listener = Listener.of(recorded.tenant());
    }

    /** On the topic of prefetch stand only recordings that nobody clicked on: those of the tenant that prefetches. */
    public static NextInLine on(String topic) {
        // Services that have just started are slow at everything; what is measured here is the wait behind a record.
        if (WARM.add(topic)) {
            on(topic).isHeard();
        }
        String tenant = topic.equals(Topics.PREFETCH_REQUESTS) ? "globex" : "acme";
        return new NextInLine(
                topic, Simulator.record(tenant, Simulator.options().put("webhook", false)));
    }

    /** The partition in which its messages will come. */
    public int partition() {
        return Events.partitionOf(topic, Samples.key(recorded).kafkaKey());
    }

    /** Lets it be known and asked for, and measures how long it takes until its audio is heard. */
    public Duration isHeard() {
        long began = System.nanoTime();
        assertThat(Simulator.webhook(recorded, "")).isEqualTo(204);
        if (topic.equals(Topics.PREFETCH_REQUESTS)) {
            Eventually.eventually(() -> assertThat(
                            listener.info(recorded.recordingSid()).path("state").toString())
                    .isEqualTo("ready"));
        }
        Response audio = listener.streamWaiting(recorded.recordingSid(), 20);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(Listener.sha256(audio)).isEqualTo(recorded.sha256());
        Eventually.eventually(() -> assertThat(Events.seen().on(topic, recorded.recordingSid()))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.partition()).isEqualTo(partition())));
        return took;
    }
}
