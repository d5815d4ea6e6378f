package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a shared dependency's absence does, and does not do. */
@Isolated("cuts connections for everybody")
class OutageTest {
    private final Listener listener = Listener.of("acme");

    @AfterEach
    void heal() {
        Stack.running().relay("kafka", "heal");
        Stack.running().relay("postgres", "heal");
        eventually(() ->
                assertThat(listener.info("RE" + "0".repeat(32)).statusCode()).isEqualTo(404));
    }

    @Test
    void without_kafka_what_is_stored_plays_and_a_miss_is_202_that_is_honoured_later_without_a_second_click() {
        Recorded stored = Simulator.call("acme");
        listener.streamWaiting(stored.recordingSid(), 20);
        Recorded missed = Simulator.call("acme");
        Stack.running().relay("kafka", "cut");

        Response cached = listener.stream(stored.recordingSid());
        Response click = listener.stream(missed.recordingSid());
        Stack.running().relay("kafka", "heal");

        assertThat(Listener.sha256(cached)).isEqualTo(stored.sha256());
        assertThat(click.statusCode()).isEqualTo(202);
        eventually(() -> assertThat(
                        listener.info(missed.recordingSid()).path("state").toString())
                .isEqualTo("ready"));
        assertThat(Simulator.downloads(missed)).isEqualTo(1);
    }

    @Test
    void without_the_database_every_answer_is_503_with_retry_after_and_no_pod_leaves_the_rotation() throws Exception {
        Recorded stored = Simulator.call("acme");
        listener.streamWaiting(stored.recordingSid(), 20);
        Stack.running().relay("postgres", "cut");

        Response away = listener.stream(stored.recordingSid());
        HttpResponse<String> ready = health("ready");
        HttpResponse<String> live = health("live");
        Stack.running().relay("postgres", "heal");

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.path("code").toString()).isEqualTo("database-unavailable");
        assertThat(away.header("Retry-After")).isNotBlank();
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(degraded(ready.body())).contains("database");
        eventually(() -> assertThat(Listener.sha256(listener.stream(stored.recordingSid())))
                .isEqualTo(stored.sha256()));
        eventually(() -> assertThat(degraded(health("ready").body())).doesNotContain("database"));
    }

    @Test
    void with_everything_there_nothing_is_degraded() {
        eventually(() -> assertThat(degraded(health("ready").body())).isEqualTo("[]"));
    }

    private static HttpResponse<String> health(String kind) {
        return Http.send(
                HttpRequest.newBuilder(URI.create(Stack.running().at("/gatewayManagementUrl") + "/q/health/" + kind))
                        .build());
    }

    /** The names that any check reports as degraded, in order, as {@code [a, b]}. */
    private static String degraded(String body) throws java.io.IOException {
        JsonNode health = Http.JSON.readTree(body);
        java.util.List<String> names = new java.util.ArrayList<>();
        for (JsonNode check : health.get("checks")) {
            check.path("data").properties().stream()
                    .filter(entry -> entry.getValue().asText().startsWith("degraded"))
                    .forEach(entry -> names.add(entry.getKey()));
        }
        return names.stream().sorted().toList().toString();
    }
}
