package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who joins a consumer group of a service, takes one wanted partition among others, does nothing with it and
 * commits nothing, and leaves again.
 */
public final class GroupGuest implements AutoCloseable {
    /** The range assignor gives the lower half of the partitions to the member whose id sorts first. */
    private static final int PARTITIONS = 6;

    private final TopicPartition wanted;
    private final Thread thread;
    private volatile boolean leaving;
    private volatile Set<TopicPartition> assigned = Set.of();
    private volatile @Nullable RuntimeException failure;

    private GroupGuest(String group, TopicPartition wanted) {
        this.wanted = wanted;
        this.thread = Thread.ofPlatform().daemon().name("group-guest").start(() -> stay(group));
    }

    public static GroupGuest join(String group, String topic, int partition) {
        return new GroupGuest(group, new TopicPartition(topic, partition));
    }

    /** Waits until the partition is the guest's. */
    public void awaitPartition() {
        Eventually.eventually(() -> assertThat(assigned).contains(wanted));
    }

    private void stay(String group) {
        Properties config = new Properties();
        config.put("bootstrap.servers", Stack.running().at("/kafkaDirectBootstrap"));
        config.put("group.id", group);
        // SmallRye's clients are called kafka-consumer-…; member ids begin with the client's.
        config.put("client.id", wanted.partition() < PARTITIONS / 2 ? "a-guest" : "z-guest");
        config.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(wanted.topic()));
            while (!leaving) {
                consumer.poll(Duration.ofMillis(100));
                assigned = Set.copyOf(consumer.assignment());
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Leaves the group, whose partitions go back. */
    @Override
    public void close() {
        leaving = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RuntimeException broken = failure;
        if (broken != null) {
            throw new IllegalStateException("the guest could not stay in the group", broken);
        }
    }
}
