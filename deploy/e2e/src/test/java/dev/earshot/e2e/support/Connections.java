package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The services' connections as the relays count them.
 *
 * <p>A pool may grow with its work, and it shrinks again: each puts away what rests in it for some seconds (5 s to the
 * database, 4 and 5 s to the store, 10 s to Twilio), all well within the oracle's minute. What is then left is what a
 * resting pair needs, which is known and does not depend on how far the pools may grow; what is more is a leak. The level
 * at begin cannot be the limit, as pools may be full then; the message tells it, so that one sees whose leak it is.
 */
final class Connections {
    /** Of one gateway and one fetcher together. */
    private static final Map<String, Integer> AT_REST = Map.of(
            // The one that LISTENs, each of the sweeper's three rounds beside each other, a look at the health.
            "postgres", 5,
            // Each service looks for the bucket every few seconds.
            "s3", 2,
            "twilio", 0,
            // Eight producers, the client that looks at the health and the fetcher's that looks at the lag: two each.
            // Five
            // consumers: one more, to the coordinator.
            "kafka", 35);

    private final Map<String, Integer> atBegin;

    private Connections(Map<String, Integer> atBegin) {
        this.atBegin = atBegin;
    }

    /** Before a test has begun. */
    static Connections unknown() {
        return new Connections(Map.of());
    }

    static Connections atBegin() {
        return new Connections(now());
    }

    /** Waits for each relay by itself: looks at the health come and go, and not all at the same time. */
    void areThoseOfARestingPair(Duration patience) {
        AT_REST.forEach((relay, most) -> Eventually.within(
                patience,
                () -> assertThat(now().getOrDefault(relay, 0))
                        .as("connections to %s that nobody gave back; at begin there were %s", relay, atBegin)
                        .isLessThanOrEqualTo(most * Stack.running().gateways())));
    }

    private static Map<String, Integer> now() {
        Map<String, Integer> open = new TreeMap<>();
        for (JsonNode relay : Http.call(
                        "GET", Stack.running().at("/controlUrl") + "/control/relays", MissingNode.getInstance())
                .get("relays")) {
            open.put(relay.get("name").asText(), relay.get("connections").asInt());
        }
        return open;
    }
}
