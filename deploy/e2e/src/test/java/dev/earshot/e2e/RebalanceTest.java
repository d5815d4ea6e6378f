package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.ConsumerGroups;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.GroupGuest;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.OneEffect;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.PrefixWatch;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** A download takes its time, and Kafka's group of fetchers does not wait for it. */
@Tag("long")
@Isolated("takes partitions away from everybody")
@ExtendWith({Oracle.class, Mended.class})
class RebalanceTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final String GROUP = "earshot-fetcher-interactive";

    private final Listener listener = Listener.of("acme");

    @Test
    void a_partition_that_goes_and_comes_back_in_mid_download_brings_a_request_that_joins_the_download() {
        Recorded recorded = slow(20);
        try (PrefixWatch watch = PrefixWatch.of(recorded)) {
            boolean promised = Unasked.click(listener, recorded);
            int partition = partitionOf(recorded);

            try (GroupGuest guest = GroupGuest.join(GROUP, Topics.FETCH_REQUESTS, partition)) {
                guest.awaitPartition();
            }
            int downloadsDone = Simulator.state(recorded).get("mediaCompleted").asInt();

            assertThat(promised).isTrue();
            assertThat(downloadsDone).as("the download still ran").isZero();
            Unasked.becomesReady(recorded);
            assertThat(Simulator.downloads(recorded)).isEqualTo(1);
            assertThat(watch.sizes()).containsExactly(recorded.sizeBytes());
        }
    }

    @Test
    void a_partition_that_comes_back_after_the_download_brings_a_request_that_finds_the_object() {
        Recorded recorded = slow(8);
        boolean promised = Unasked.click(listener, recorded);
        int partition = partitionOf(recorded);

        try (GroupGuest guest = GroupGuest.join(GROUP, Topics.FETCH_REQUESTS, partition)) {
            guest.awaitPartition();
            Unasked.becomesReady(recorded);
        }

        assertThat(promised).isTrue();
        within(A_MINUTE, () -> assertThat(outcomes(recorded)).hasSize(2));
        OneEffect.of(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void a_download_that_is_longer_than_the_longest_pause_between_polls_keeps_its_place_in_the_group() {
        Stack.running()
                .restart(
                        "fetcher",
                        Start.normally().with("mp.messaging.incoming.fetch-requests.max.poll.interval.ms", "3000"));
        Recorded recorded = slow(12);
        eventually(() -> assertThat(ConsumerGroups.members(GROUP)).hasSize(1));
        Set<String> before = ConsumerGroups.members(GROUP);

        boolean promised = Unasked.click(listener, recorded);
        Unasked.becomesReady(recorded);
        Set<String> after = ConsumerGroups.members(GROUP);
        Stack.running().service("fetcher", "restart");

        assertThat(promised).isTrue();
        assertThat(after).isEqualTo(before);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        eventually(() -> assertThat(outcomes(recorded)).hasSize(1));
    }

    private static Recorded slow(int seconds) {
        return Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", seconds));
    }

    private static int partitionOf(Recorded recorded) {
        eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));
        eventually(() -> assertThat(Events.seen().on(Topics.FETCH_REQUESTS, recorded.recordingSid()))
                .isNotEmpty());
        return Events.seen()
                .on(Topics.FETCH_REQUESTS, recorded.recordingSid())
                .findFirst()
                .orElseThrow()
                .partition();
    }

    private static List<RecordingReady> outcomes(Recorded recorded) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), RecordingReady.class);
    }
}
