package dev.earshot.gateway.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.EarshotEvent;
import dev.earshot.events.EventCodec;
import dev.earshot.events.ListingProgress;
import dev.earshot.events.RecordingSeen;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Topics;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.edge.EdgeKit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The gateway's part of a backfill, on real parts; the test plays the fetcher. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class BackfillIT {
    private static final String ACME = "AC000000000000000000000000000acc3e";
    private static final String SHARED = "AC0000000000000000000000000005a4ed";
    private static final String OPERATOR = "earshot:operator";
    private static final CallSid CALL = new CallSid("CA" + "1".repeat(32));

    @Inject
    EdgeKit kit;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Test
    void whatIsWrongIsNamed() {
        post("{}", OPERATOR).statusCode(400).body("detail", containsString("accountSid"));
        post(body(ACME, "yesterday", "2026-10-02T00:00:00Z"), OPERATOR)
                .statusCode(400)
                .body("detail", containsString("from"));
        post(body(ACME, "2026-10-02T00:00:00Z", "2026-10-01T00:00:00Z"), OPERATOR)
                .statusCode(400)
                .body("detail", containsString("to must lie after from"));
        post(body(ACME, "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z").replace("}", ",\"more\":1}"), OPERATOR)
                .statusCode(400)
                .body("detail", containsString("more"));
        post(span("AC" + "f".repeat(32)), OPERATOR).statusCode(403).body("code", equalTo("account-not-allowed"));
        post(span(ACME), "recordings:admin").statusCode(403).body("code", equalTo("role-missing"));
        for (String id : List.of("nonsense", UUID.randomUUID().toString())) {
            kit.as("acme", OPERATOR)
                    .get("/api/admin/backfills/" + id)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("not-found"));
        }
    }

    @Test
    void itIsDoneWhenAllThatWasListedHasComeInAndEachIsCountedOnce() throws Exception {
        String id = begun(ACME);
        RecordingSid known = EdgeKit.recordingSid();
        RecordingSid fresh = EdgeKit.recordingSid();
        try (Fetcher fetcher = new Fetcher()) {
            fetcher.says(Topics.RECORDINGS_SEEN, seen(ACME, known, Optional.empty()));
            awaitInfo(known, 200);

            fetcher.says(Topics.LISTING_PROGRESS, progress(id, ListingProgress.State.LISTED, 2, Optional.empty()));
            awaitState(id, "registering");
            fetcher.says(Topics.RECORDINGS_SEEN, seen(ACME, known, Optional.of(id)));
            fetcher.says(Topics.RECORDINGS_SEEN, seen(ACME, known, Optional.of(id)));
            fetcher.says(Topics.RECORDINGS_SEEN, seen(ACME, fresh, Optional.of(id)));
            JsonPath done = awaitState(id, "done");

            assertThat(done.getLong("registered")).isEqualTo(1);
            assertThat(done.getLong("known")).isEqualTo(1);
            assertThat(done.getLong("seen")).isEqualTo(2);
            awaitInfo(fresh, 200);
        }
    }

    @Test
    void aSharedAccountsRecordingIsCountedAndGetsNoRow() throws Exception {
        String id = begun(SHARED);
        RecordingSid nobodys = EdgeKit.recordingSid();
        try (Fetcher fetcher = new Fetcher()) {
            fetcher.says(Topics.RECORDINGS_SEEN, seen(SHARED, nobodys, Optional.of(id)));
            fetcher.says(
                    Topics.LISTING_PROGRESS, progress(SHARED, id, ListingProgress.State.LISTED, 1, Optional.empty()));

            assertThat(awaitState(id, "done").getLong("unassigned")).isEqualTo(1);
            awaitInfo(nobodys, 404);
        }
    }

    @Test
    void aListThatFailedIsToldWithItsReason() throws Exception {
        String id = begun(ACME);
        try (Fetcher fetcher = new Fetcher()) {
            fetcher.says(
                    Topics.LISTING_PROGRESS,
                    progress(id, ListingProgress.State.FAILED, 0, Optional.of("Twilio answered 401")));

            assertThat(awaitState(id, "failed").getString("detail")).isEqualTo("Twilio answered 401");
        }
    }

    /** Asked for by an operator, and its request published: the attempt is 1. */
    private String begun(String account) {
        String id = post(span(account), OPERATOR)
                .statusCode(202)
                .body("state", equalTo("requested"))
                .extract()
                .path("id");
        OnVertx.until("the list is asked for", () -> get(id).getInt("attempt") == 1);
        return id;
    }

    private JsonPath awaitState(String id, String state) {
        OnVertx.until(id + " is " + state, () -> state.equals(get(id).getString("state")));
        return get(id);
    }

    private JsonPath get(String id) {
        return kit.as("acme", OPERATOR)
                .get("/api/admin/backfills/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void awaitInfo(RecordingSid sid, int status) {
        OnVertx.until(
                "info of " + sid + " is " + status,
                () -> kit.as("acme", "recordings:play")
                                .get("/api/recordings/" + sid)
                                .statusCode()
                        == status);
    }

    private ValidatableResponse post(String body, String role) {
        return kit.as("acme", role)
                .contentType("application/json")
                .body(body)
                .post("/api/admin/backfills")
                .then();
    }

    private static String span(String account) {
        return body(account, "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z");
    }

    private static String body(String account, String from, String to) {
        return "{\"accountSid\":\"" + account + "\",\"from\":\"" + from + "\",\"to\":\"" + to + "\"}";
    }

    private static RecordingSeen seen(String account, RecordingSid sid, Optional<String> backfill) {
        return new RecordingSeen(
                new AccountSid(account),
                CALL,
                sid,
                RecordingSeen.Status.COMPLETED,
                Optional.of(Instant.parse("2026-10-01T12:00:00Z")),
                OptionalInt.of(30),
                OptionalInt.of(1),
                Instant.now(),
                backfill);
    }

    private static ListingProgress progress(
            String id, ListingProgress.State state, long seen, Optional<String> detail) {
        return progress(ACME, id, state, seen, detail);
    }

    private static ListingProgress progress(
            String account, String id, ListingProgress.State state, long seen, Optional<String> detail) {
        return new ListingProgress(id, new AccountSid(account), 1, state, 1, seen, detail, Instant.now());
    }

    private final class Fetcher implements AutoCloseable {
        private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer());

        void says(String topic, EarshotEvent event) throws Exception {
            var record = new ProducerRecord<>(topic, event.kafkaKey(), EventCodec.data(event));
            EventCodec.headers(event)
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            var ignored = producer.send(record).get();
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
