package dev.earshot.gateway.push;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Event streams of the real gateway on the real database. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class EventsIT {
    private static final String PLAY = "recordings:play";
    private static final String EVENTS = "/api/recordings/events";
    private static final int CROWD = 50;

    @Inject
    EdgeKit kit;

    @Inject
    MeterRegistry meters;

    @Test
    void theCurrentStateComesFirstAndThenReadyTheMomentItIs() throws Exception {
        RecordingKey key = kit.row("acme", fetching());

        try (EventReader events = open("acme", key)) {
            assertThat(events.response().headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(events.response().headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(Integer.parseInt(events.nextBlock().get("retry"))).isBetween(2000, 4000);
            Map<String, String> now = events.next();
            becomesReady(key);
            Map<String, String> then = events.next();

            assertThat(now).containsEntry("event", "recording").containsEntry("id", sid(key) + ":1:1:fetching");
            assertThat(json(now).getString("state")).isEqualTo("fetching");
            assertThat(then).containsEntry("event", "recording").containsEntry("id", sid(key) + ":1:1:ready");
            assertThat(json(then).getString("state")).isEqualTo("ready");
            assertThat(json(then).getInt("sizeBytes")).isEqualTo(10);
            assertThat(json(then).getString("links.stream")).isEqualTo("/api/recordings/" + sid(key) + "/stream");
        }
    }

    @Test
    void anotherTenantsRecordingIsUnknownAndStaysSo() throws Exception {
        RecordingKey foreign = kit.row("globex", fetching());
        RecordingKey nobodys = new RecordingKey(new Tenant("acme"), EdgeKit.recordingSid());
        RecordingKey own = kit.row("acme", fetching());

        try (EventReader events = open("acme", foreign, nobodys, own)) {
            Map<String, String> first = bySid(events, 3);
            becomesReady(foreign);
            becomesReady(own);
            Map<String, String> next = events.next();

            assertThat(of(first, foreign)).isEqualTo(of(first, nobodys)).contains("\"state\":\"unknown\"");
            assertThat(json(next).getString("recordingSid")).isEqualTo(sid(own));
        }
    }

    @Test
    void whatIsRegisteredLaterIsToldThen() throws Exception {
        RecordingKey key = new RecordingKey(new Tenant("acme"), EdgeKit.recordingSid());

        try (EventReader events = open("acme", key)) {
            String before = json(events.next()).getString("state");
            becomesReady(key);
            String after = json(events.next()).getString("state");

            assertThat(before).isEqualTo("unknown");
            assertThat(after).isIn("registered", "ready");
        }
    }

    @Test
    void aDeletedRecordingTellsThatAlone() throws Exception {
        RecordingKey key = kit.row("acme", new RecordingState.Deleted());

        try (EventReader events = open("acme", key)) {
            assertThat(events.next().get("data"))
                    .startsWith("{\"recordingSid\":\"" + sid(key) + "\",\"state\":\"deleted\",\"links\"");
        }
    }

    @Test
    void aWholeTenantIsAskedToListAndThenToldEachOfItsChanges() throws Exception {
        RecordingKey own = kit.row("initech", fetching());
        RecordingKey foreign = kit.row("globex", fetching());

        try (EventReader events = EventReader.open(url(""), token("initech"))) {
            String first = events.next().get("event");
            becomesReady(foreign);
            becomesReady(own);
            Map<String, String> change = events.next();
            while ("refresh".equals(change.get("event"))) {
                change = events.next();
            }

            assertThat(first).isEqualTo("refresh");
            assertThat(json(change).getString("recordingSid")).isEqualTo(sid(own));
            assertThat(json(change).getString("state")).isEqualTo("ready");
        }
    }

    @Test
    void allWhoWatchOneRecordingShareOneRead() throws Exception {
        RecordingKey key = kit.row("acme", fetching());
        List<EventReader> crowd = new ArrayList<>();
        String token = token("acme");
        for (int i = 0; i < CROWD; i++) {
            EventReader events = EventReader.open(url("?sid=" + sid(key)), token);
            crowd.add(events);
            assertThat(json(events.next()).getString("state")).isEqualTo("fetching");
        }
        double before = meters.counter("earshot.push.reads").count();

        becomesReady(key);

        for (EventReader events : crowd) {
            assertThat(json(events.next()).getString("state")).isEqualTo("ready");
            events.close();
        }
        // One for the change; the others are the reads of seconds in which the database's echo was late.
        assertThat(meters.counter("earshot.push.reads").count() - before).isLessThan(CROWD / 2);
        OnVertx.until(
                "all have left",
                () -> meters.get("earshot.push.streams").gauge().value() == 0);
        assertThat(meters.get("earshot.push.watches").gauge().value()).isZero();
    }

    @Test
    void aSilentStreamHasAHeartbeat() throws Exception {
        RecordingKey key = kit.row("acme", fetching());

        try (EventReader events = open("acme", key)) {
            Map<String, String> block = events.nextBlock();
            while (!EventReader.COMMENT.equals(block.get("event"))) {
                block = events.nextBlock();
            }
            assertThat(block).hasSize(1);
        }
    }

    @Test
    void theStreamEndsWithItsToken() throws Exception {
        RecordingKey key = kit.row("acme", fetching());
        String shortLived = kit.token(Map.of("tenant", "acme", "roles", List.of(PLAY), "expiresInSeconds", 4));

        try (EventReader events = EventReader.open(url("?sid=" + sid(key)), shortLived)) {
            Map<String, String> state = events.next();
            Map<String, String> end = events.next();

            assertThat(state).containsEntry("event", "recording");
            assertThat(end)
                    .containsEntry("event", "reconnect")
                    .containsEntry("data", "{\"reason\":\"token-expired\"}")
                    .containsKey("retry");
            assertThat(events.next()).containsEntry("event", EventReader.END);
        }
    }

    @Test
    void theOrderOfCheckingHolds() {
        String malformed = EVENTS + "?sid=nonsense";
        given().get(malformed).then().statusCode(401).body("code", equalTo("unauthenticated"));
        kit.as("acme", "other").get(malformed).then().statusCode(400).body("code", equalTo("malformed-sid"));
        kit.as("acme", "other").get(EVENTS).then().statusCode(403).body("code", equalTo("role-missing"));
        kit.as("acme", PLAY).head(EVENTS + "?sid=&sid=").then().statusCode(400);
        kit.as("acme", PLAY).head(EVENTS).then().statusCode(200).contentType("text/event-stream");
        kit.as("acme", PLAY).put(EVENTS).then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS");
    }

    @Test
    void twoHundredRecordingsMayBeNamed() {
        kit.as("acme", PLAY).head(EVENTS + "?" + sids(200)).then().statusCode(200);
        kit.as("acme", PLAY)
                .get(EVENTS + "?" + sids(201))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("detail", equalTo("sid: 200 at most"));
    }

    private static String sids(int count) {
        return IntStream.range(0, count)
                .mapToObj(ignored -> "sid=" + EdgeKit.recordingSid().value())
                .collect(Collectors.joining("&"));
    }

    private static RecordingState fetching() {
        return new RecordingState.Fetching(Lane.INTERACTIVE, Instant.now());
    }

    private void becomesReady(RecordingKey key) {
        Stored sample = kit.ready("acme", 10);
        kit.ready(key, sample.bytes(), sample.object());
    }

    /** The data of so many events, by the recording that they are about. */
    private static Map<String, String> bySid(EventReader events, int count) throws InterruptedException {
        Map<String, String> found = new java.util.HashMap<>();
        for (int i = 0; i < count; i++) {
            Map<String, String> event = events.next();
            found.put(json(event).getString("recordingSid"), event.get("data"));
        }
        return found;
    }

    /** What was told of one, without its SID. */
    private static String of(Map<String, String> data, RecordingKey key) {
        return data.getOrDefault(sid(key), "nothing").replace(sid(key), "RE");
    }

    private static JsonPath json(Map<String, String> event) {
        return JsonPath.from(event.get("data"));
    }

    private static String sid(RecordingKey key) {
        return key.recordingSid().value();
    }

    private EventReader open(String tenant, RecordingKey... keys) throws IOException, InterruptedException {
        return EventReader.open(
                url(java.util.Arrays.stream(keys)
                        .map(key -> "sid=" + sid(key))
                        .collect(Collectors.joining("&", "?", ""))),
                token(tenant));
    }

    private String token(String tenant) {
        return kit.token(Map.of("tenant", tenant, "roles", List.of(PLAY)));
    }

    private String url(String query) {
        return RestAssured.baseURI + ":" + RestAssured.port + EVENTS + query;
    }
}
