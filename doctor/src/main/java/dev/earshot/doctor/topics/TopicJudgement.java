package dev.earshot.doctor.topics;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.topics.Needed.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What is wrong with a topic. Pure. */
final class TopicJudgement {
    static final String CHECK = "topics";
    private static final String CLEANUP = "cleanup.policy";
    private static final String RETENTION = "retention.ms";
    private static final Duration LEAST_DAYS = Duration.ofDays(1);
    private static final Duration LEAST_WEEKS = Duration.ofDays(7);

    private final int brokers;

    /** @param brokers how many there are: one cannot keep two copies */
    TopicJudgement(int brokers) {
        this.brokers = brokers;
    }

    static Finding missing(String topic) {
        return Finding.error(
                CHECK,
                "the topic " + topic + " is not there, or this user may not see it",
                "make it (k8s/README.md, \"The topics\"), or give the user the right Describe",
                topic);
    }

    /** @return nothing if all is well */
    List<Finding> of(Needed needed, Present topic) {
        List<Finding> findings = new ArrayList<>();
        topic.settings().ifPresent(settings -> {
            cleanup(findings, needed, settings);
            retention(findings, needed, settings);
        });
        // Dead letters are few, and their order is of no use to anybody.
        if (topic.partitions() < 2 && needed.kept() == Kept.DAYS) {
            findings.add(Finding.warning(
                    CHECK,
                    needed.topic() + " has one partition: only one replica can read it",
                    "add partitions, six are what we run",
                    "partitions of " + needed.topic()));
        }
        if (topic.replicas() < 2 && brokers > 1) {
            findings.add(Finding.warning(
                    CHECK,
                    needed.topic() + " lies on one broker only and goes with it",
                    "raise its replication factor, three is what we run",
                    "replication factor of " + needed.topic()));
        }
        return findings;
    }

    private static void cleanup(List<Finding> findings, Needed needed, Present.Settings settings) {
        Set<String> is =
                Set.copyOf(Arrays.asList(settings.cleanup().replace(" ", "").split(",")));
        String must = needed.kept() == Kept.COMPACTED ? "compact" : "delete";
        if (!is.equals(Set.of(must))) {
            String why = needed.kept() == Kept.COMPACTED
                    ? "the last word on what is older would be lost"
                    : "of two events with one key the first would be lost";
            findings.add(Finding.error(
                    CHECK,
                    needed.topic() + " has cleanup.policy=" + settings.cleanup() + ": " + why,
                    "kafka-configs.sh --alter --topic " + needed.topic() + " --add-config cleanup.policy=" + must,
                    CLEANUP + " of " + needed.topic()));
        }
    }

    private static void retention(List<Finding> findings, Needed needed, Present.Settings settings) {
        Duration least = switch (needed.kept()) {
            case DAYS -> LEAST_DAYS;
            case WEEKS -> LEAST_WEEKS;
            case COMPACTED -> Duration.ZERO;
        };
        if (settings.retentionMillis() >= 0 && settings.retentionMillis() < least.toMillis()) {
            findings.add(Finding.warning(
                    CHECK,
                    needed.topic() + " is kept for " + Duration.ofMillis(settings.retentionMillis())
                            + ": an outage that lasts longer loses what is in it",
                    "keep it for " + least.toDays() + " days or more",
                    RETENTION + " of " + needed.topic()));
        }
    }
}
