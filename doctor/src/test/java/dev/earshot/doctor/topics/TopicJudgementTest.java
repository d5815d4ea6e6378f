package dev.earshot.doctor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import dev.earshot.doctor.topics.Needed.Kept;
import dev.earshot.events.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicJudgementTest {
    private static final Needed REQUESTS = new Needed(Topics.FETCH_REQUESTS, Kept.DAYS);
    private static final Needed RECORDINGS = new Needed(Topics.RECORDINGS, Kept.COMPACTED);
    private static final Needed LETTERS = new Needed(Topics.deadLetters(Topics.FETCH_REQUESTS), Kept.WEEKS);
    private static final long FOREVER = -1;

    private final TopicJudgement judgement = new TopicJudgement(3);

    @Test
    void bothServicesTogetherLookAtEveryTopicOfTheContract() {
        Set<String> contract = new HashSet<>(Topics.CONSUMED);
        Topics.CONSUMED.forEach(topic -> contract.add(Topics.deadLetters(topic)));
        contract.addAll(List.of(Topics.RECORDINGS, Topics.ACCESS));

        Set<String> looked = new HashSet<>();
        Needed.byGateway(true).forEach(needed -> looked.add(needed.topic()));
        Needed.byFetcher().forEach(needed -> looked.add(needed.topic()));

        assertThat(looked).isEqualTo(contract);
        assertThat(Needed.byGateway(false)).extracting(Needed::topic).doesNotContain(Topics.ACCESS);
    }

    @Test
    void whatIsKeptAsToldIsWell() {
        assertThat(judgement.of(REQUESTS, topic(6, 3, "delete", days(3)))).isEmpty();
        assertThat(judgement.of(RECORDINGS, topic(6, 3, "compact", days(7)))).isEmpty();
        assertThat(judgement.of(LETTERS, topic(1, 3, "delete", FOREVER))).isEmpty();
    }

    @Test
    void aViewOfWhatExistsThatForgetsIsAnError() {
        assertThat(judgement.of(RECORDINGS, topic(6, 3, "delete", FOREVER)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.keys()).containsExactly("cleanup.policy of earshot.recordings.v1");
                });
        assertThat(judgement.of(RECORDINGS, topic(6, 3, "compact,delete", days(7))))
                .hasSize(1);
    }

    @Test
    void requestsThatOverwriteEachOtherAreAnError() {
        assertThat(severities(judgement.of(REQUESTS, topic(6, 3, "compact, delete", days(3)))))
                .containsExactly(Severity.ERROR);
    }

    @Test
    void whatIsKeptTooShortIsAWarning() {
        assertThat(severities(judgement.of(REQUESTS, topic(6, 3, "delete", days(1) - 1))))
                .containsExactly(Severity.WARNING);
        assertThat(severities(judgement.of(LETTERS, topic(1, 3, "delete", days(3)))))
                .containsExactly(Severity.WARNING);
    }

    @Test
    void oneCopyIsAWarningWhereThereCouldBeMore() {
        Present single = topic(6, 1, "delete", days(3));

        assertThat(severities(judgement.of(REQUESTS, single))).containsExactly(Severity.WARNING);
        assertThat(new TopicJudgement(1).of(REQUESTS, single)).isEmpty();
    }

    @Test
    void onePartitionIsAWarningWhereSeveralCouldWork() {
        assertThat(severities(judgement.of(REQUESTS, topic(1, 3, "delete", days(3)))))
                .containsExactly(Severity.WARNING);
    }

    @Test
    void whatMayNotBeSeenIsNotJudged() {
        assertThat(judgement.of(RECORDINGS, new Present(6, 3, Optional.empty())))
                .isEmpty();
    }

    private static Present topic(int partitions, int replicas, String cleanup, long retentionMillis) {
        return new Present(partitions, replicas, Optional.of(new Present.Settings(cleanup, retentionMillis)));
    }

    private static long days(int days) {
        return Duration.ofDays(days).toMillis();
    }

    private static List<Severity> severities(List<Finding> findings) {
        return findings.stream().map(Finding::severity).toList();
    }
}
