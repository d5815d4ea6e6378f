package dev.earshot.fetcher.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class ConsumerLagTest {
    private static final TopicPartition FIRST = new TopicPartition("topic", 0);
    private static final TopicPartition SECOND = new TopicPartition("topic", 1);

    @Test
    void it_is_what_lies_behind_the_committed_offsets_of_all_partitions() {
        double lag = ConsumerLag.behind(
                Map.of(FIRST, 100L, SECOND, 50L), Map.of(FIRST, 0L, SECOND, 0L), Map.of(FIRST, 90L, SECOND, 50L));

        assertThat(lag).isEqualTo(10);
    }

    @Test
    void a_topic_that_does_not_tell_leaves_the_others_their_lag() {
        Map<String, String> groups = new LinkedHashMap<>();
        List.of("first", "missing", "last").forEach(topic -> groups.put(topic, "group of " + topic));
        Map<String, Double> lags = new HashMap<>(Map.of("first", 1.0, "missing", 2.0, "last", 3.0));

        ConsumerLag.measureEach(groups, lags, (topic, group) -> {
            if (topic.equals("missing")) {
                throw new IllegalStateException(new UnknownTopicOrPartitionException("a test"));
            }
            assertThat(group).isEqualTo("group of " + topic);
            return 7;
        });

        assertThat(lags).containsOnly(Map.entry("first", 7.0), Map.entry("last", 7.0));
    }

    @Test
    void what_was_never_committed_is_read_from_the_beginning() {
        double lag = ConsumerLag.behind(
                Map.of(FIRST, 100L, SECOND, 50L), Map.of(FIRST, 70L, SECOND, 50L), Map.of(SECOND, 50L));

        assertThat(lag).isEqualTo(30);
    }

    @Test
    void what_retention_has_deleted_is_not_waited_for() {
        assertThat(ConsumerLag.behind(Map.of(FIRST, 100L), Map.of(FIRST, 95L), Map.of(FIRST, 20L)))
                .isEqualTo(5);
    }

    @Test
    void an_offset_beyond_the_end_of_a_topic_that_was_made_anew_is_no_lead() {
        assertThat(ConsumerLag.behind(Map.of(FIRST, 10L), Map.of(FIRST, 0L), Map.of(FIRST, 500L)))
                .isZero();
    }
}
