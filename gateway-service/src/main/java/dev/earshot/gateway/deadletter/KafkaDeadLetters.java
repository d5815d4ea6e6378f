package dev.earshot.gateway.deadletter;

import dev.earshot.gateway.deadletter.Search.Found;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads dead letters with a consumer that is made for the purpose: few ever look, and a group would remember what it need not. */
@ApplicationScoped
class KafkaDeadLetters {
    private static final Logger LOG = Logger.getLogger(KafkaDeadLetters.class);
    /** More would be a mistake, and each takes a worker thread and its memory. */
    private static final int READERS = 2;
    /** How long the broker may take for one answer. */
    private static final int PATIENCE_MILLIS = 5_000;

    private static final int FETCH_BYTES = 4 << 20;
    private static final int PARTITION_FETCH_BYTES = 1 << 20;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Map<String, Object> settings;
    private final Semaphore readers = new Semaphore(READERS);

    KafkaDeadLetters(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        settings = new HashMap<>(broker);
        settings.keySet().retainAll(ConsumerConfig.configNames());
        settings.keySet().remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "earshot-gateway-dead-letters");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    }

    /** @return fails with 503 {@code kafka-unavailable}, also while others read */
    Uni<Found> read(Search search) {
        return Uni.createFrom().item(() -> readNow(search)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Found readNow(Search search) {
        if (!readers.tryAcquire()) {
            throw unavailable("others are reading them");
        }
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            return new Reading(consumer, search).run();
        } catch (KafkaException failure) {
            LOG.warnf("The dead letters could not be read: %s", failure);
            throw unavailable("the broker does not answer as it should");
        } finally {
            readers.release();
        }
    }

    static Problem unavailable(String why) {
        return Problem.of(ProblemType.KAFKA_UNAVAILABLE, why).retryAfter(RETRY_AFTER);
    }
}
