package dev.earshot.gateway.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** Every record that comes on any of Earshot's topics from now on. */
public final class TopicReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    /** From now on. */
    public TopicReader() {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith("earshot."))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy; only the position makes it now.
        partitions.forEach(consumer::position);
    }

    /** Reads on until so many records of the topic have this key, and gives the last of them. */
    public ConsumerRecord<String, byte[]> await(String what, String topic, String key, int count) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            List<ConsumerRecord<String, byte[]>> found = seen.stream()
                    .filter(record -> record.topic().equals(topic) && key.equals(record.key()))
                    .toList();
            if (found.size() >= count) {
                return found.get(count - 1);
            }
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
        throw new AssertionError("not in time: " + what);
    }

    /** What the topic has got by now, in the order of each partition. */
    public List<ConsumerRecord<String, byte[]>> upToNow(String topic) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topic))
                .toList());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
        return seen.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    /** What has come so far and names one of them. */
    public List<String> naming(String... texts) {
        consumer.poll(Duration.ofMillis(500)).forEach(seen::add);
        return seen.stream()
                .map(record -> record.topic() + " " + record.key() + " "
                        + new String(record.value() == null ? new byte[0] : record.value(), StandardCharsets.UTF_8))
                .filter(record -> java.util.Arrays.stream(texts).anyMatch(record::contains))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
