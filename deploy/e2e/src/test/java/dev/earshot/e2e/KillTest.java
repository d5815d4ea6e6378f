package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Halts;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Promise 1: an accepted 202 ends in ready, whatever is killed in between, and without a second click. */
@Isolated("kills services for everybody")
@ExtendWith(Oracle.class)
class KillTest {
    /** A killed consumer's place in its group is given away after its session time-out of 10 s. */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Listener listener = Listener.of("acme");

    @AfterEach
    void everythingRuns() {
        Stack.running().relay("kafka", "heal");
        for (String service : new String[] {"gateway", "fetcher"}) {
            if (!Stack.running().isRunning(service)) {
                Stack.running().service(service, "start");
            }
        }
    }

    @Test
    void the_fetcher_is_killed_in_the_middle_of_a_download() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 4));
        int click = listener.stream(recorded.recordingSid()).statusCode();
        eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));

        Stack.running().service("fetcher", "kill");
        assertThat(Bucket.local().keys("acme/" + recorded.recordingSid() + "/")).isEmpty();
        Stack.running().service("fetcher", "start");

        assertThat(click).isEqualTo(202);
        becomesReadyUnasked(recorded);
    }

    @Test
    void the_gateway_is_killed_while_the_fetch_runs() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 4));
        int click = listener.stream(recorded.recordingSid()).statusCode();
        eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));

        Stack.running().service("gateway", "kill");
        Stack.running().service("gateway", "start");

        assertThat(click).isEqualTo(202);
        becomesReadyUnasked(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void the_gateway_is_killed_before_it_could_publish_the_request() {
        Recorded recorded = Simulator.call("acme");
        Stack.running().relay("kafka", "cut");
        int click = listener.stream(recorded.recordingSid()).statusCode();

        Stack.running().service("gateway", "kill");
        Stack.running().relay("kafka", "heal");
        Stack.running().service("gateway", "start");

        assertThat(click).isEqualTo(202);
        becomesReadyUnasked(recorded);
    }

    @Test
    void the_gateway_dies_after_the_claim_and_before_its_publishing() {
        Recorded recorded = Simulator.call("acme");
        Stack.running().restart("gateway", Halts.atEntryOf("dev.earshot.gateway.fetch.KafkaClaimPublisher", "publish"));
        try {
            listener.stream(recorded.recordingSid());
        } catch (Exception theAnswerMayDieWithIt) {
            // Whoever got no answer asks again; whoever got one was promised.
        }

        Stack.running().awaitEnd("gateway");
        Stack.running().service("gateway", "start");

        becomesReadyUnasked(recorded);
    }

    /** Looks without asking for the audio, so that no click of ours helps. */
    private void becomesReadyUnasked(Recorded recorded) {
        within(
                A_MINUTE,
                () -> assertThat(listener.info(recorded.recordingSid())
                                .path("state")
                                .toString())
                        .isEqualTo("ready"));
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
    }
}
