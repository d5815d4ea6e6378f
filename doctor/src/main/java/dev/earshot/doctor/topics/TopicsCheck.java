package dev.earshot.doctor.topics;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Settings;
import dev.earshot.doctor.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Whether the topics that a service needs are there, by its own connection to Kafka. */
public final class TopicsCheck {
    private static final String BOOTSTRAP = "kafka.bootstrap.servers";

    private TopicsCheck() {}

    public static Check of(Settings settings, Wanted wanted, List<Needed> needed) {
        return new Check(TopicJudgement.CHECK, List.of(BOOTSTRAP), () -> {
            String where = settings.optional(BOOTSTRAP).orElse("localhost:9092");
            Optional<String> silence = Bootstrap.silence(where, wanted.patience());
            if (silence.isPresent()) {
                return List.of(KafkaFailures.silent(where, silence.get()));
            }
            try (KafkaTopics topics = new KafkaTopics(open(settings, wanted), wanted.patience())) {
                return judge(topics, where, needed);
            } catch (KafkaException e) {
                return List.of(KafkaFailures.finding(e, where));
            } catch (ExecutionException e) {
                return List.of(KafkaFailures.finding(e.getCause() == null ? e : e.getCause(), where));
            }
        });
    }

    private static Admin open(Settings settings, Wanted wanted) {
        Map<String, Object> keys = KafkaKeys.of(settings);
        int millis = (int) wanted.patience().toMillis();
        keys.put("default.api.timeout.ms", millis);
        keys.put("request.timeout.ms", millis);
        return Admin.create(keys);
    }

    private static List<Finding> judge(KafkaTopics topics, String where, List<Needed> needed)
            throws ExecutionException, InterruptedException {
        TopicJudgement judgement = new TopicJudgement(topics.brokers());
        Map<String, Present> present =
                topics.present(needed.stream().map(Needed::topic).toList());
        List<Finding> findings = new ArrayList<>();
        for (Needed each : needed) {
            Present topic = present.get(each.topic());
            if (topic == null) {
                findings.add(TopicJudgement.missing(each.topic()));
            } else {
                findings.addAll(judgement.of(each, topic));
            }
        }
        if (present.isEmpty()) {
            return List.of(Finding.error(
                    TopicJudgement.CHECK,
                    "Kafka at " + where + " has none of the " + needed.size() + " topics",
                    "make them (k8s/README.md, \"The topics\"), or name the Kafka that has them",
                    BOOTSTRAP));
        }
        if (present.values().stream().anyMatch(topic -> topic.settings().isEmpty())) {
            findings.add(Finding.warning(
                    TopicJudgement.CHECK,
                    "how the topics are kept was not shown to this user",
                    "give the user the right DescribeConfigs of its topics",
                    "kafka.sasl.jaas.config"));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(
                        TopicJudgement.CHECK,
                        "all " + needed.size() + " topics are at " + where + ", kept as they must be"))
                : findings;
    }
}
