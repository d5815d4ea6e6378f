package dev.earshot.gateway.access;

import dev.earshot.events.EarshotEvent;
import dev.earshot.events.EventCodec;
import dev.earshot.events.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The topic of the audit, behind a bounded buffer and a thread of its own: a producer blocks its caller while the broker
 * is away, and here that must be nobody who plays. What finds no room, and what the broker does not take within a minute, is
 * dropped and counted.
 */
@Startup
@Singleton
class KafkaAccessTopic {
    private static final Logger LOG = Logger.getLogger(KafkaAccessTopic.class);
    /** How long the broker may be away before events are lost that the producer already has. */
    private static final int DELIVERY_MILLIS = 60_000;

    private static final int REQUEST_MILLIS = 5_000;
    private static final int BLOCK_MILLIS = 5_000;
    private static final int MEMORY_BYTES = 8 * 1024 * 1024;
    private static final long LOOK_MILLIS = 200;
    /** What a stop may take for the last events. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final boolean enabled;
    private final BlockingQueue<ProducerRecord<String, byte[]>> waiting;
    private final Map<String, Object> settings;
    private final Counter published;
    private final Counter noRoom;
    private final Counter notTaken;
    private volatile boolean stopping;
    private volatile long lastSaidNanos = System.nanoTime() - LOG_PAUSE_NANOS;
    private @Nullable Thread writer;

    KafkaAccessTopic(
            AccessAuditConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            MeterRegistry meters) {
        if (config.buffer() < 1) {
            throw new IllegalStateException("earshot.access-audit.buffer must be at least 1");
        }
        this.enabled = config.enabled();
        this.waiting = new ArrayBlockingQueue<>(enabled ? config.buffer() : 1);
        this.settings = settings(broker);
        this.published = meters.counter("earshot.access.audit.published");
        this.noRoom = meters.counter("earshot.access.audit.dropped", "reason", "no-room");
        this.notTaken = meters.counter("earshot.access.audit.dropped", "reason", "not-taken");
    }

    private static Map<String, Object> settings(Map<String, Object> broker) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.keySet().retainAll(ProducerConfig.configNames());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "earshot-gateway-access");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MEMORY_BYTES);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }

    @PostConstruct
    void begin() {
        if (enabled) {
            Thread thread = new Thread(this::write, "access-audit");
            thread.setDaemon(true);
            thread.start();
            writer = thread;
        }
    }

    /** Takes it if there is room. */
    void offer(EarshotEvent event, Optional<String> traceparent) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.ACCESS, event.kafkaKey(), EventCodec.data(event));
        EventCodec.headers(event)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        traceparent.ifPresent(trace -> record.headers().add("traceparent", trace.getBytes(StandardCharsets.US_ASCII)));
        if (!waiting.offer(record)) {
            dropped(noRoom, "the buffer is full");
        }
    }

    private void write() {
        Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            while (!stopping || !waiting.isEmpty()) {
                ProducerRecord<String, byte[]> record = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (record != null) {
                    send(producer, record);
                }
            }
        } catch (InterruptedException e) {
            LOG.warnf("The access audit stops with %d events that were not written", waiting.size());
        } finally {
            producer.close(CLOSING);
        }
    }

    private void send(Producer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        try {
            var unused = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    published.increment();
                } else {
                    dropped(notTaken, failure.toString());
                }
            });
        } catch (RuntimeException e) {
            dropped(notTaken, e.toString());
        }
    }

    /** The metric counts each; the log tells of an outage and not of each event. */
    private void dropped(Counter counter, String why) {
        counter.increment();
        long now = System.nanoTime();
        if (now - lastSaidNanos >= LOG_PAUSE_NANOS) {
            lastSaidNanos = now;
            LOG.warnf("Events of the access audit are lost: %s", why);
        }
    }

    @PreDestroy
    void end() throws InterruptedException {
        stopping = true;
        Thread thread = writer;
        if (thread != null) {
            thread.join(CLOSING.toMillis());
            thread.interrupt();
        }
    }
}
