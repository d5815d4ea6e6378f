package dev.earshot.gateway.health;

import dev.earshot.events.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleBiFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How far our consumer groups are behind, by what is committed: records in hand count as not done. Each replica measures
 * its whole groups, so that the number is there as long as one of them lives; the client's own gauges know the partitions
 * of one process, and are named anew with each start.
 */
@ApplicationScoped
class ConsumerLag {
    private static final Logger LOG = Logger.getLogger(ConsumerLag.class);
    /** As often as Prometheus looks. No key: four small requests for each topic. */
    private static final Duration EVERY = Duration.ofSeconds(15);

    private static final int PATIENCE_SECONDS = 5;

    private final Vertx vertx;
    private final KafkaDependency kafka;
    /** Which of our groups reads a topic. */
    private final Map<String, String> groups;

    private final Map<String, Double> lags = new ConcurrentHashMap<>();
    private final AtomicBoolean measuring = new AtomicBoolean();
    private volatile long timer = -1;

    ConsumerLag(
            Vertx vertx,
            KafkaDependency kafka,
            MeterRegistry meters,
            @ConfigProperty(name = "mp.messaging.incoming.fetch-outcomes.group.id") String outcomes,
            @ConfigProperty(name = "mp.messaging.incoming.discovery.group.id") String discovery) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.groups = Map.of(
                Topics.FETCH_OUTCOMES, outcomes,
                Topics.RECORDINGS_SEEN, discovery,
                Topics.LISTING_PROGRESS, discovery);
        groups.keySet()
                .forEach(topic -> Gauge.builder(
                                "earshot.consumer.lag", lags, known -> known.getOrDefault(topic, Double.NaN))
                        .description(
                                "Records of a topic that our group has not committed; NaN while the broker does not tell")
                        .baseUnit("records")
                        .tag("topic", topic)
                        .register(meters));
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(1, EVERY.toMillis(), ignored -> look());
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    private void look() {
        if (measuring.compareAndSet(false, true)) {
            Uni.createFrom()
                    .voidItem()
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .invoke(this::measure)
                    .onTermination()
                    .invoke(() -> measuring.set(false))
                    .subscribe()
                    .with(done -> {}, this::unknown);
        }
    }

    private void unknown(Throwable failure) {
        lags.clear();
        LOG.debugf(failure, "The lag of our consumers is not known");
    }

    private void measure() {
        Admin admin = kafka.admin();
        measureEach(groups, lags, (topic, group) -> measured(admin, topic, group));
    }

    /** Of a topic that does not tell, only its own lag is unknown: one may be missing where nothing uses it. */
    static void measureEach(
            Map<String, String> groups, Map<String, Double> lags, ToDoubleBiFunction<String, String> measured) {
        groups.forEach((topic, group) -> {
            try {
                lags.put(topic, measured.applyAsDouble(topic, group));
            } catch (IllegalStateException e) {
                lags.remove(topic);
                LOG.debugf(e, "The lag of our consumers of %s is not known", topic);
            }
        });
    }

    private static double measured(Admin admin, String topic, String group) {
        List<TopicPartition> partitions = await(
                        admin.describeTopics(List.of(topic)).allTopicNames())
                .values()
                .stream()
                .flatMap(found -> found.partitions().stream())
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        Map<TopicPartition, Long> committed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, at) -> {
                    if (at != null) {
                        committed.put(partition, at.offset());
                    }
                });
        return behind(
                offsets(admin, partitions, OffsetSpec.latest()),
                offsets(admin, partitions, OffsetSpec.earliest()),
                committed);
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> found = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                await(admin.listOffsets(asked).all());
        answer.forEach((partition, info) -> found.put(partition, info.offset()));
        return found;
    }

    /** What has never been committed, or what retention has deleted since, is read from where the partition begins. */
    static double behind(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> committed) {
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    long begin = begins.getOrDefault(end.getKey(), 0L);
                    return Math.max(0, end.getValue() - Math.max(begin, committed.getOrDefault(end.getKey(), begin)));
                })
                .sum();
    }

    private static <T extends @Nullable Object> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
