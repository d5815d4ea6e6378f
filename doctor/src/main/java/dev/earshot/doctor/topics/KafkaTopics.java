package dev.earshot.doctor.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Kafka's answers about topics. */
final class KafkaTopics implements AutoCloseable {
    private final Admin admin;
    private final Duration patience;

    KafkaTopics(Admin admin, Duration patience) {
        this.admin = admin;
        this.patience = patience;
    }

    int brokers() throws ExecutionException, InterruptedException {
        return admin.describeCluster().nodes().get().size();
    }

    /** Those that are there and may be seen. */
    Map<String, Present> present(Collection<String> names) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> one :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            seen(one.getValue()).ifPresent(topic -> found.put(one.getKey(), topic));
        }
        Map<ConfigResource, KafkaFuture<Config>> settings = admin.describeConfigs(
                        found.keySet().stream().map(KafkaTopics::resource).toList())
                .values();
        Map<String, Present> present = new HashMap<>();
        for (Map.Entry<String, TopicDescription> one : found.entrySet()) {
            KafkaFuture<Config> config = settings.get(resource(one.getKey()));
            present.put(one.getKey(), present(one.getValue(), config == null ? Optional.empty() : seen(config)));
        }
        return present;
    }

    /** What is hidden from a user is as good as not there. */
    private static <T> Optional<T> seen(KafkaFuture<T> answer) throws ExecutionException, InterruptedException {
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static Present present(TopicDescription topic, Optional<Config> config) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return new Present(
                topic.partitions().size(),
                replicas,
                config.map(set -> new Present.Settings(
                        set.get("cleanup.policy").value(),
                        Long.parseLong(set.get("retention.ms").value()))));
    }

    @Override
    public void close() {
        admin.close(patience);
    }
}
