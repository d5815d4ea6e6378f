package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Halts.about;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Halts;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Topics;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each place at which the gateway may die between a click and the audio. What is pending after that: {@link PendingWorkKillTest}. */
@Tag("long")
@Isolated("kills services for everybody")
@ExtendWith({Oracle.class, Mended.class})
class GatewayKillMatrixTest {
    private final Listener listener = Listener.of("acme");

    /** Between two lines on the way of a click, and what the row says then. */
    enum Place {
        AFTER_CLAIM_BEFORE_PUBLISH("fetch.KafkaClaimPublisher", "publish", "AT ENTRY", false, "FETCHING", 0),
        AFTER_ACK_BEFORE_IT_IS_NOTED("recording.ClaimStatements", "published", "AT ENTRY", false, "FETCHING", 1),
        IN_READY_BEFORE_COMMIT("recording.PgLifecycle", "accept", "AT EXIT", true, "FETCHING", 1),
        AFTER_COMMIT_OF_READY_BEFORE_OFFSET("fetch.Outcomes", "settle", "AT ENTRY", true, "READY", 1);

        private final String type;
        private final String method;
        private final String location;
        private final boolean answersFirst;
        private final String leaves;
        private final int requests;

        Place(String type, String method, String location, boolean answersFirst, String leaves, int requests) {
            this.type = type;
            this.method = method;
            this.location = location;
            this.answersFirst = answersFirst;
            this.leaves = leaves;
            this.requests = requests;
        }

        Start halt(Recorded recorded) {
            return Halts.when("dev.earshot.gateway." + type, method, location, about(recorded.recordingSid()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void wherever_the_gateway_dies_on_the_way_of_a_click_the_audio_comes_unasked_from_one_download(Place place) {
        Recorded recorded = Simulator.call("acme");
        Stack.running().restart("gateway", place.halt(recorded));

        boolean promised = Unasked.click(listener, recorded);
        Stack.running().awaitEnd("gateway");
        Database.Row left = Database.local().recording(recorded.recordingSid());
        eventually(() -> assertThat(requests(recorded)).isEqualTo(place.requests));
        Stack.running().service("gateway", "start");

        assertThat(promised || !place.answersFirst).isTrue();
        assertThat(left.text("state")).isEqualTo(place.leaves);
        assertThat(left.find("published_at").isPresent()).isEqualTo(place == Place.IN_READY_BEFORE_COMMIT);
        Unasked.becomesReady(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void a_request_whose_ack_was_not_noted_is_published_again_and_joins_the_fetch_that_runs() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 30));
        Stack.running().restart("gateway", Place.AFTER_ACK_BEFORE_IT_IS_NOTED.halt(recorded));

        Unasked.click(listener, recorded);
        Stack.running().awaitEnd("gateway");
        Stack.running().service("gateway", "start");

        Unasked.becomesReady(recorded);
        eventually(() -> assertThat(requests(recorded)).isEqualTo(2));
        assertThat(Events.seen().of(Topics.FETCH_REQUESTS, recorded.recordingSid()).stream()
                        .map(request -> request.id())
                        .distinct())
                .hasSize(1);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void the_timers_own_claim_of_a_retry_is_published_by_the_next_life() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "server-error").put("behaviourTimes", 1));
        Stack.running().restart("gateway", beforePublishing(recorded.recordingSid(), 2));

        boolean promised = Unasked.click(listener, recorded);
        Stack.running().awaitEnd("gateway");
        Database.Row left = Database.local().recording(recorded.recordingSid());
        Stack.running().service("gateway", "start");

        assertThat(promised).isTrue();
        assertThat(left.text("state")).isEqualTo("FETCHING");
        assertThat(left.number("attempt")).isEqualTo(2);
        Unasked.becomesReady(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(2);
    }

    @Test
    void the_timers_own_claim_of_a_prefetch_is_published_by_the_next_life() {
        String sid = "RE" + UUID.randomUUID().toString().replace("-", "");
        Stack.running().restart("gateway", beforePublishing(sid, 1));

        Recorded recorded = Simulator.record("globex", Simulator.options().put("recordingSid", sid));
        Stack.running().awaitEnd("gateway");
        Database.Row left = Database.local().recording(sid);
        Stack.running().service("gateway", "start");

        assertThat(left.text("state")).isEqualTo("FETCHING");
        assertThat(left.text("lane")).isEqualTo("BULK");
        Unasked.becomesReady(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void the_claim_after_a_vanished_object_is_published_by_the_next_life() {
        Recorded recorded = Simulator.call("acme");
        assertThat(listener.streamWaiting(recorded.recordingSid(), 20).statusCode())
                .isEqualTo(200);
        Bucket.local().delete("acme/" + recorded.recordingSid() + "/1/audio");
        Stack.running().restart("gateway", beforePublishing(recorded.recordingSid(), 2));

        Unasked.click(listener, recorded);
        Stack.running().awaitEnd("gateway");
        Database.Row left = Database.local().recording(recorded.recordingSid());
        Stack.running().service("gateway", "start");

        assertThat(left.text("state")).isEqualTo("FETCHING");
        assertThat(left.number("generation")).isEqualTo(2);
        Unasked.becomesReady(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(2);
    }

    @Test
    void a_gateway_that_is_killed_while_the_fetch_runs_hears_of_it_in_its_next_life() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 4));
        boolean promised = Unasked.click(listener, recorded);
        eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));

        Stack.running().service("gateway", "kill");
        Stack.running().service("gateway", "start");

        assertThat(promised).isTrue();
        Unasked.becomesReady(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void a_promise_that_was_given_without_a_broker_outlives_the_gateway() {
        Recorded recorded = Simulator.call("acme");
        Stack.running().relay("kafka", "cut");
        boolean promised = Unasked.click(listener, recorded);

        Stack.running().service("gateway", "kill");
        Stack.running().relay("kafka", "heal");
        Stack.running().service("gateway", "start");

        assertThat(promised).isTrue();
        Unasked.becomesReady(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    private static Start beforePublishing(String sid, int attempt) {
        return Halts.when(
                "dev.earshot.gateway.fetch.KafkaClaimPublisher",
                "publish",
                "AT ENTRY",
                about(sid) + " AND " + about("attempt=" + attempt + ","));
    }

    private static long requests(Recorded recorded) {
        return Events.seen()
                .of(Topics.FETCH_REQUESTS, recorded.recordingSid(), FetchRequested.class)
                .size();
    }
}
