package dev.earshot.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./earshot admin} asks of a gateway, and what it makes of the answer. */
class AdminVerbsTest {
    private static final String SID = "RE" + "0a".repeat(16);
    private static final String TOPIC = "earshot.fetch-outcomes.v1";

    private final List<String> asked = new ArrayList<>();
    private final Deque<JsonObject> answers = new ArrayDeque<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", this::answer);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + (body.isEmpty() ? "" : " " + new JsonObject(body).getMap()));
        JsonObject told = answers.isEmpty()
                ? new JsonObject().put("code", "recording-not-found").put("detail", "not here")
                : answers.poll();
        byte[] bytes = told.encode().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(told.containsKey("code") ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int admin(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "admin", "--url", "http://127.0.0.1:" + gateway.getAddress().getPort(), "--token", "x"));
        all.addAll(List.of(arguments));
        return Main.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                all.toArray(String[]::new));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void status_shows_the_recording_and_its_history() {
        answers.add(new JsonObject().put("recordings", new JsonArray().add(known())));

        assertThat(admin("status", SID, "--tenant", "acme")).isZero();

        assertThat(asked).containsExactly("GET /api/admin/recordings/" + SID + "?tenant=acme");
        assertThat(said())
                .contains(SID + " of acme: waiting, generation 1, attempt 2")
                .contains("twilioCode: 20500")
                .contains("fetchDueAt: 2026-03-04T05:06:09Z")
                .contains("at                    state    generation  attempt  lane         reason")
                .contains("2026-03-04T05:06:07Z  waiting  1           2        interactive  upstream-error 20500");
    }

    @Test
    void status_of_what_is_not_there_fails_with_the_gateways_reason() {
        assertThat(admin("status", SID)).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("HTTP 404").contains("not here");
    }

    @Test
    void json_is_what_the_gateway_told() {
        JsonObject told = new JsonObject().put("recordings", new JsonArray().add(known()));
        answers.add(told);

        assertThat(admin("status", SID, "--json")).isZero();

        assertThat(new JsonObject(said())).isEqualTo(told);
    }

    @Test
    void failures_are_a_table_with_examples() {
        answers.add(new JsonObject()
                .put("total", 12)
                .put(
                        "reasons",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("reason", "upstream-error")
                                        .put("count", 12)
                                        .put("final", false)
                                        .put("retrying", 1)
                                        .put("oldest", "2026-03-04T05:06:07Z")
                                        .put("newest", "2026-03-04T05:06:07Z")
                                        .put(
                                                "examples",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("tenant", "acme")
                                                                .put("recordingSid", SID))))));

        assertThat(admin("failures", "--reason", "upstream-error")).isZero();

        assertThat(asked).containsExactly("GET /api/admin/failures?reason=upstream-error&examples=3");
        assertThat(said()).contains("upstream-error  12      no     1").contains("acme:" + SID);
    }

    @Test
    void redrive_says_everything_that_was_told() {
        answers.add(new JsonObject().put("matched", 3).put("redriven", 0).put("limit", 2));

        assertThat(admin(
                        "redrive",
                        "--tenant=acme",
                        "--reason=truncated",
                        "--from=2026-03-01",
                        "--to=2026-03-01",
                        "--sid=" + SID,
                        "--limit=2",
                        "--dry-run"))
                .isZero();

        assertThat(asked)
                .containsExactly("POST /api/admin/redrive {includeFinal=false, dryRun=true, tenant=acme,"
                        + " reason=truncated, recordingSids=[" + SID + "], from=2026-03-01T00:00:00Z,"
                        + " to=2026-03-02T00:00:00Z, limit=2}");
        assertThat(said()).contains("3 failed recordings match").contains("dry run");
    }

    @Test
    void prefetch_takes_a_span_of_a_tenant_or_an_account() {
        answers.add(new JsonObject().put("tenant", "acme").put("matched", 9).put("accepted", 9));

        assertThat(admin("prefetch", "--tenant=acme", "--from=2026-03-01", "--to=2026-03-02T08:00:00Z", "--any-age"))
                .isZero();

        assertThat(asked)
                .containsExactly("POST /api/admin/prefetch {from=2026-03-01T00:00:00Z, to=2026-03-02T08:00:00Z,"
                        + " anyAge=true, dryRun=false, tenant=acme}");
        assertThat(said()).contains("9 recordings of acme match; 9 of them will be fetched");
    }

    @Test
    void a_purge_goes_on_until_nothing_remains() {
        answers.add(purged(1000, 500));
        answers.add(purged(500, 0));

        assertThat(admin("purge", "--tenant=acme", "--confirm=acme")).isZero();

        assertThat(asked).hasSize(2).containsOnly("POST /api/admin/purge {tenant=acme, confirm=acme, limit=1000}");
        assertThat(said()).contains("so far 1000 deleted, 500 remain").contains("Done: 1500 recordings of acme");
    }

    @Test
    void a_dry_purge_asks_once_and_needs_no_confirmation() {
        answers.add(purged(0, 500));

        assertThat(admin("purge", "--tenant=acme", "--dry-run")).isZero();

        assertThat(asked).containsExactly("POST /api/admin/purge {tenant=acme, dryRun=true}");
        assertThat(said()).contains("acme has 500 recordings");
    }

    @Test
    void letters_are_listed_as_they_are_named_to_replay() {
        answers.add(
                new JsonObject().put("total", 2).put("complete", true).put("letters", new JsonArray().add(letter())));

        assertThat(admin("dead-letters", "list", "--topic", TOPIC, "--reason", "not 1.0"))
                .isZero();

        assertThat(asked).containsExactly("GET /api/admin/dead-letters?topic=" + TOPIC + "&reason=not+1.0&limit=50");
        assertThat(said())
                .contains("--topic " + TOPIC + " --partition 0 --offset 17")
                .contains("why: ce_specversion is not 1.0")
                .contains("1 listed; 2 lie in " + TOPIC + ".dead-letters");
    }

    @Test
    void a_letter_that_was_replayed_before_is_no_success() {
        answers.add(new JsonObject()
                .put("matched", 1)
                .put("replayed", 0)
                .put("known", 1)
                .put("cut", 0)
                .put("refused", 0)
                .put("complete", true));

        assertThat(admin("dead-letters", "replay", "--topic=" + TOPIC, "--partition=0", "--offset=17"))
                .isEqualTo(1);

        assertThat(asked)
                .containsExactly("POST /api/admin/dead-letters/replay {topic=" + TOPIC
                        + ", again=false, dryRun=false, partition=0, offset=17}");
        assertThat(said()).contains("1 match, 0 replayed, 1 were before");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status RE1",
                "redrive --from yesterday",
                "redrive --limit many",
                "prefetch --tenant acme",
                "prefetch --from 2026-03-01",
                "purge --tenant acme",
                "purge --tenant acme --confirm acm",
                "dead-letters",
                "dead-letters replay",
                "dead-letters replay --topic " + TOPIC + " --partition 0",
                "dead-letters replay --topic " + TOPIC + " --again",
                "failures --unknown",
                "nothing"
            })
    void what_is_called_wrongly_is_code_2_and_asks_nothing(String line) {
        assertThat(admin(line.split(" ")))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(2);

        assertThat(asked).isEmpty();
    }

    private static JsonObject purged(int deleted, int remaining) {
        return new JsonObject()
                .put("tenant", "acme")
                .put("deleted", deleted)
                .put("remaining", remaining)
                .put("pending", 3);
    }

    private static JsonObject letter() {
        return new JsonObject()
                .put("topic", TOPIC)
                .put("partition", 0)
                .put("offset", 17)
                .put("writtenAt", "2026-03-04T05:06:07Z")
                .put("why", "ce_specversion is not 1.0")
                .put("sizeBytes", 3)
                .put("cut", false)
                .put("excerpt", "oops")
                .put(
                        "headers",
                        new JsonArray().add(new JsonObject().put("name", "a").put("value", "b")));
    }

    private static JsonObject known() {
        return new JsonObject()
                .put("recordingSid", SID)
                .put("tenant", "acme")
                .put("state", "waiting")
                .put("generation", 1)
                .put("attempt", 2)
                .put("twilioCode", 20_500)
                .put("times", new JsonObject().put("fetchDueAt", "2026-03-04T05:06:09Z"))
                .put(
                        "history",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("at", "2026-03-04T05:06:07Z")
                                        .put("state", "waiting")
                                        .put("generation", 1)
                                        .put("attempt", 2)
                                        .put("lane", "interactive")
                                        .put("reason", "upstream-error")
                                        .put("twilioCode", 20_500)));
    }
}
