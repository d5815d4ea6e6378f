package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.EarshotEvent;
import dev.earshot.events.EventCodec;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.Topics;
import dev.earshot.events.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/** Everything that stands on Earshot's topics, read from their beginning by a consumer of its own. */
public final class Events {
    private static final Map<Stack, Events> BY_STACK = new ConcurrentHashMap<>();
    private static final List<String> TOPICS = Stream.concat(
                    Stream.of(Topics.RECORDINGS),
                    Topics.CONSUMED.stream().flatMap(topic -> Stream.of(topic, Topics.deadLetters(topic))))
            .toList();

    private final Queue<ConsumerRecord<String, byte[]>> records = new ConcurrentLinkedQueue<>();
    /** The offset of the next record by partition. */
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

    private Events(Stack stack) {
        Thread.ofPlatform().daemon().name("events").start(() -> read(stack));
    }

    public static Events seen() {
        return BY_STACK.computeIfAbsent(Stack.running(), Events::new);
    }

    private void read(Stack stack) {
        Properties config = new Properties();
        config.put("bootstrap.servers", stack.at("/kafkaDirectBootstrap"));
        config.put("auto.offset.reset", "earliest");
        config.put("group.id", "e2e-" + ProcessHandle.current().pid());
        config.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(TOPICS);
            while (stack.isUp()) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
            }
        }
    }

    /** That nothing stands on the topics which has not been read. */
    public void areAllRead() {
        assertThat(ConsumerGroups.ends(TOPICS))
                .allSatisfy((partition, end) ->
                        assertThat(positions.getOrDefault(partition, 0L)).isGreaterThanOrEqualTo(end));
    }

    /** What was published on a topic for a recording so far, in order. */
    public List<RecordingEvent> of(String topic, String recordingSid) {
        return on(topic, recordingSid).map(Events::event).toList();
    }

    public <E extends RecordingEvent> List<E> of(String topic, String recordingSid, Class<E> type) {
        return of(topic, recordingSid).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The raw records of a topic whose key ends in the recording's SID. */
    public Stream<ConsumerRecord<String, byte[]>> on(String topic, String recordingSid) {
        return on(topic).filter(record -> record.key() != null && record.key().endsWith(recordingSid));
    }

    public Stream<ConsumerRecord<String, byte[]>> on(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic));
    }

    private static RecordingEvent event(ConsumerRecord<String, byte[]> record) {
        try {
            return EventCodec.read(record.key(), name -> header(record, name), record.value());
        } catch (UnreadableEventException e) {
            throw new AssertionError("unreadable on " + record.topic(), e);
        }
    }

    public static @org.jspecify.annotations.Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : EventCodec.text(header.value());
    }

    /** Publishes a record as somebody else would, and waits for the broker's ack. */
    public static void publish(ProducerRecord<String, byte[]> record) {
        publish(List.of(record));
    }

    /** Publishes records in their order, then waits for all the broker's acks. */
    public static void publish(List<ProducerRecord<String, byte[]>> all) {
        List<Future<RecordMetadata>> acks =
                all.stream().map(Foreigner.PRODUCER::send).toList();
        try {
            for (Future<RecordMetadata> ack : acks) {
                ack.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes an event of ours. */
    public static void publish(String topic, RecordingEvent event) {
        publish(record(topic, event));
    }

    /** An event of ours as the record that its writer would send. */
    public static ProducerRecord<String, byte[]> record(String topic, EarshotEvent event) {
        var record = new ProducerRecord<>(topic, event.kafkaKey(), EventCodec.data(event));
        EventCodec.headers(event)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** The partition in which a topic keeps the records of this key. */
    public static int partitionOf(String topic, String key) {
        int partitions = Foreigner.PRODUCER.partitionsFor(topic).size();
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** Somebody who may write to our topics: one for the whole run, as making one takes longer than many records. */
    private static final class Foreigner {
        static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
                Map.of("bootstrap.servers", Stack.running().at("/kafkaDirectBootstrap")),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
