package dev.earshot.local.infra;

import dev.earshot.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the contract's topics that are missing, with the retention that the README's table of events gives. */
public final class KafkaTopics {
    private static final int WORK_PARTITIONS = 6;
    private static final Duration WORK_RETENTION = Duration.ofDays(3);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(28);
    /** Whoever must keep it longer reads it. */
    private static final Duration AUDIT_RETENTION = Duration.ofDays(28);

    private KafkaTopics() {}

    public static void create(String bootstrap) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", "30000"))) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = all().stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
        }
    }

    private static List<NewTopic> all() {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : Topics.CONSUMED) {
            topics.add(kept(name, WORK_PARTITIONS, WORK_RETENTION));
            topics.add(kept(Topics.deadLetters(name), 1, DEAD_LETTER_RETENTION));
        }
        topics.add(topic(Topics.RECORDINGS, WORK_PARTITIONS, Map.of("cleanup.policy", "compact")));
        topics.add(kept(Topics.ACCESS, WORK_PARTITIONS, AUDIT_RETENTION));
        return topics;
    }

    private static NewTopic kept(String name, int partitions, Duration retention) {
        return topic(
                name,
                partitions,
                Map.of("cleanup.policy", "delete", "retention.ms", String.valueOf(retention.toMillis())));
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> configuration) {
        return new NewTopic(name, partitions, (short) 1).configs(configuration);
    }
}
