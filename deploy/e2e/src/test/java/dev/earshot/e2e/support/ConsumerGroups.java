package dev.earshot.e2e.support;

import dev.earshot.events.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the services' own consumer groups have and have not finished. */
public final class ConsumerGroups {
    /** Each group with the topic it reads. */
    private static final Map<String, String> TOPICS = Map.of(
            "earshot-gateway", Topics.FETCH_OUTCOMES,
            "earshot-fetcher-interactive", Topics.FETCH_REQUESTS,
            "earshot-fetcher-bulk", Topics.PREFETCH_REQUESTS,
            "earshot-fetcher-listing", Topics.LISTING_REQUESTS,
            "earshot-gateway-discovery", Topics.RECORDINGS_SEEN);

    private ConsumerGroups() {}

    /** Records without a commit, by {@code group topic-partition}; empty where all is done. */
    public static Map<String, Long> lag() {
        return asked(admin -> {
            Map<String, Long> lag = new TreeMap<>();
            for (Map.Entry<String, String> group : TOPICS.entrySet()) {
                lag.putAll(lag(admin, group.getKey(), group.getValue()));
            }
            return lag;
        });
    }

    /** The offset of the next record that will be written, by partition. */
    static Map<TopicPartition, Long> ends(List<String> topics) {
        return asked(admin -> {
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (String topic : topics) {
                ends.putAll(offsets(admin, topic, OffsetSpec.latest()));
            }
            return ends;
        });
    }

    /** Records of a topic that a group has not committed. */
    public static long lag(String group, String topic) {
        return asked(admin -> lag(admin, group, topic)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Where the topic ends now: what is written from here on. */
    public static Map<TopicPartition, Long> end(String topic) {
        return ends(List.of(topic));
    }

    /** Has a group that nobody is in begin here, the next time that somebody is. */
    public static void commit(String group, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> wanted = offsets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new OffsetAndMetadata(entry.getValue())));
        asked(admin -> admin.alterConsumerGroupOffsets(group, wanted)
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get()
                == null);
    }

    /** The ids of a group's members: one that was put out and joins again gets another. */
    public static Set<String> members(String group) {
        return asked(admin -> admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                .flatMap(described -> described.members().stream())
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet()));
    }

    private interface Question<A> {
        A ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private static <A> A asked(Question<A> question) {
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", (Object) Stack.running().at("/kafkaDirectBootstrap")))) {
            return question.ask(admin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("the broker does not tell", e);
        }
    }

    private static Map<String, Long> lag(Admin admin, String group, String topic)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> begins = offsets(admin, topic, OffsetSpec.earliest());
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<String, Long> lag = new TreeMap<>();
        offsets(admin, topic, OffsetSpec.latest()).forEach((partition, end) -> {
            OffsetAndMetadata done = committed.get(partition);
            long from = done == null ? begins.getOrDefault(partition, 0L) : done.offset();
            if (end > from) {
                lag.put(group + " " + partition, end - from);
            }
        });
        return lag;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String topic, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> described =
                admin.describeTopics(List.of(topic)).allTopicNames().get();
        Map<TopicPartition, OffsetSpec> wanted = described.values().stream()
                .flatMap(description -> description.partitions().stream())
                .collect(Collectors.toMap(info -> new TopicPartition(topic, info.partition()), info -> which));
        return admin.listOffsets(wanted).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
