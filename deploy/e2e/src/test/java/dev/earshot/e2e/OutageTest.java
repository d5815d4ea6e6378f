package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.throughout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Health;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.RawListener;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Timed;
import dev.earshot.e2e.support.Unasked;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What a broker's absence does, and does not do. */
@Isolated("cuts connections for everybody")
@ExtendWith(Oracle.class)
class OutageTest {
    /** The answer needs the database alone; a producer would block for 3 s. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Listener listener = Listener.of("acme");

    @AfterEach
    void heal() {
        Stack.running().relay("kafka", "heal");
    }

    @Test
    void without_kafka_what_is_stored_plays_and_a_miss_is_202_that_is_honoured_later_without_a_second_click() {
        aMissWhileKafkaIs("cut");
    }

    @Tag("long")
    @Test
    void with_a_kafka_that_hangs_what_is_stored_plays_and_a_miss_is_202_that_is_honoured_later() {
        aMissWhileKafkaIs("stall");
    }

    private void aMissWhileKafkaIs(String away) {
        Recorded stored = Recordings.stored("acme");
        Recorded missed = Simulator.call("acme");
        Stack.running().relay("kafka", away);

        Timed<Response> click = Timed.of(() -> listener.stream(missed.recordingSid()));
        throughout(
                Duration.ofSeconds(2),
                () -> assertThat(Listener.sha256(listener.stream(stored.recordingSid())))
                        .isEqualTo(stored.sha256()));
        int ready = Health.of("gateway").status("ready") + Health.of("fetcher").status("ready");
        Stack.running().relay("kafka", "heal");

        System.out.printf(
                "A miss while Kafka was %s: 202 after %d ms%n",
                away, click.took().toMillis());
        assertThat(click.answer().statusCode()).isEqualTo(202);
        assertThat(click.took()).isLessThan(AT_ONCE);
        assertThat(ready).as("both are ready").isEqualTo(400);
        Unasked.becomesReady(missed);
        assertThat(Simulator.downloads(missed)).isEqualTo(1);
    }

    @Tag("long")
    @Test
    void what_plays_when_kafka_goes_away_is_played_to_its_end() {
        Recorded recorded = Recordings.stored(Recordings.longCall("acme"));
        try (RawListener playing = RawListener.open(listener, recorded.recordingSid())) {
            playing.read(1000);

            Stack.running().relay("kafka", "cut");
            playing.read((int) recorded.sizeBytes() - 1000);

            assertThat(playing.sha256()).isEqualTo(recorded.sha256());
        }
    }

    @Tag("long")
    @Test
    void a_kafka_that_is_away_for_half_a_minute_loses_no_promise_and_no_outcome() {
        Recorded fetching = Recordings.beingFetched("acme", 3);
        Recorded missed = Simulator.call("acme");
        Stack.running().relay("kafka", "cut");

        throughout(
                Duration.ofSeconds(30),
                () -> assertThat(listener.stream(missed.recordingSid()).statusCode())
                        .isEqualTo(202));
        Stack.running().relay("kafka", "heal");

        Unasked.becomesReady(missed);
        Unasked.becomesReady(fetching);
        assertThat(Simulator.downloads(fetching)).as("its outcome was kept").isEqualTo(1);
    }

    @Test
    void with_everything_there_nothing_is_degraded() {
        eventually(() -> assertThat(Health.of("gateway").degraded()).isEmpty());
    }
}
