package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Draft;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Eventually;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.NextInLine;
import dev.earshot.e2e.support.Samples;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.DeadLetter;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.Topics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that can be read and that nobody made, or nobody waits for any more. */
@Tag("long")
class LateRequestsTest {
    private final Recorded recorded = Simulator.call("acme");

    @ParameterizedTest
    @ValueSource(strings = {Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS})
    void one_that_has_expired_is_skipped_whatever_its_header_says(String topic) {
        NextInLine next = NextInLine.on(topic);
        double before = Metrics.fetcher().sum("earshot_fetch_outcomes_total", "outcome=\"expired\"");

        Events.publish(new Draft(Samples.requested(recorded, lane(topic)))
                .json(data ->
                        data.put("expirytime", Instant.now().minusSeconds(1).toString()))
                .header("ce_expirytime", Instant.now().plusSeconds(3600).toString())
                .to(topic, next.partition()));
        Duration took = next.isHeard();

        heardInTime(topic, "an expired request", took);
        Eventually.eventually(
                () -> assertThat(Metrics.fetcher().sum("earshot_fetch_outcomes_total", "outcome=\"expired\""))
                        .isGreaterThan(before));
        assertThat(Events.seen().on(Topics.deadLetters(topic), recorded.recordingSid()))
                .isEmpty();
        assertThat(Events.seen().on(Topics.FETCH_OUTCOMES, recorded.recordingSid()))
                .isEmpty();
        assertThat(Simulator.downloads(recorded)).isZero();
    }

    /**
     * The fetcher knows accounts and no tenants: it fetches what it is asked for under the asker's own prefix, and the
     * gateway, which knows whose the account is, does not believe the outcome. Nobody can hear it.
     */
    @ParameterizedTest
    @ValueSource(strings = {Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS})
    void one_for_another_tenant_comes_to_nothing(String topic) {
        NextInLine next = NextInLine.on(topic);
        Recorded stolen = new Recorded(
                "globex", recorded.accountSid(), recorded.callSid(), recorded.recordingSid(), recorded.json());

        Events.publish(new Draft(Samples.requested(stolen, lane(topic))).to(topic, next.partition()));
        Duration took = next.isHeard();

        heardInTime(topic, "another tenant's request", took);
        Eventually.eventually(() -> assertThat(
                        Events.seen().on(Topics.deadLetters(Topics.FETCH_OUTCOMES), stolen.recordingSid()))
                .singleElement()
                .satisfies(letter -> assertThat(Events.header(letter, DeadLetter.REASON))
                        .isEqualTo("the account is not the tenant's")));
        assertThat(Listener.of("globex").stream(stolen.recordingSid()).statusCode())
                .isEqualTo(404);
        assertThat(Listener.of("acme")
                        .info(recorded.recordingSid())
                        .path("state")
                        .toString())
                .isEqualTo("registered");
        assertThat(Bucket.local().keys(Samples.key(recorded).objectPrefix())).isEmpty();
    }

    /** Its outcome must not be too large to be announced. */
    @ParameterizedTest
    @ValueSource(strings = {Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS})
    void one_whose_trace_context_is_a_megabyte_is_answered_without_it(String topic) {
        NextInLine next = NextInLine.on(topic);

        Events.publish(new Draft(Samples.requested(recorded, lane(topic)))
                .header("traceparent", "x".repeat(1_000_000))
                .to(topic, next.partition()));
        Duration took = next.isHeard();

        heardInTime(topic, "a request with a huge trace context", took);
        Eventually.eventually(
                () -> assertThat(Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), RecordingReady.class))
                        .hasSize(1));
    }

    private static Lane lane(String topic) {
        return topic.equals(Topics.PREFETCH_REQUESTS) ? Lane.BULK : Lane.INTERACTIVE;
    }

    private static void heardInTime(String topic, String behind, Duration took) {
        System.out.printf("%s behind %s: heard after %d ms%n", topic, behind, took.toMillis());
        assertThat(took).isLessThanOrEqualTo(NextInLine.LIMIT);
    }
}
