package dev.earshot.gateway.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators do with many recordings at once: a prefetch of a span of time, the purge of a tenant; and examples of failures. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(QuickProfile.class)
class BulkActionsIT {
    private static final String OPERATOR = "earshot:operator";
    private static final String ACME = "AC000000000000000000000000000acc3e";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant LATER = Instant.now().plusSeconds(3600);
    private static final Instant NOW = Instant.now();
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(30));

    @Inject
    EdgeKit kit;

    @Inject
    Pool pool;

    private final String tenant = "bulk-" + EdgeKit.recordingSid().value().substring(2, 18);

    @Test
    void aPrefetchTakesWhatASingleOneWouldOfThatTime() {
        RecordingKey registered = at(new RecordingState.Registered(), NOW.minusSeconds(60));
        RecordingKey evicted = at(new RecordingState.Evicted(), NOW.minusSeconds(60));
        RecordingKey failed = at(new RecordingState.Failed(FailureReason.TRUNCATED, false, NOW), NOW.minusSeconds(60));
        RecordingKey coolsDown =
                at(new RecordingState.Failed(FailureReason.TRUNCATED, false, LATER), NOW.minusSeconds(60));
        RecordingKey forGood = at(new RecordingState.Failed(FailureReason.ABSENT, true, NOW), NOW.minusSeconds(60));
        RecordingKey before = at(new RecordingState.Registered(), NOW.minusSeconds(7200));
        RecordingKey after = at(new RecordingState.Registered(), NOW.plusSeconds(60));
        JsonObject wanted = span(NOW.minusSeconds(3600), NOW);

        prefetch(admin(), wanted.copy().put("dryRun", true), 3, 0);
        assertThat(state(registered)).isEqualTo("REGISTERED");
        prefetch(admin(), wanted.copy().put("limit", 2), 3, 2);
        prefetch(admin(), wanted, 1, 1);

        assertThat(List.of(registered, evicted, failed))
                .allSatisfy(key -> assertThat(state(key)).isEqualTo("WAITING"));
        assertThat(List.of(before, after))
                .allSatisfy(key -> assertThat(state(key)).isEqualTo("REGISTERED"));
        assertThat(List.of(coolsDown, forGood))
                .allSatisfy(key -> assertThat(state(key)).isEqualTo("FAILED"));
    }

    @Test
    void olderOnesAreAnOperatorsWhoSaysSo() {
        RecordingKey old = at(new RecordingState.Registered(), LONG_AGO);
        JsonObject wanted = span(LONG_AGO.minusSeconds(1), NOW);

        prefetch(admin(), wanted, 0, 0);
        refused(admin(), "/api/admin/prefetch", wanted.copy().put("anyAge", true), 403, "anyAge");
        prefetch(operator(), wanted.copy().put("tenant", tenant), 0, 0);
        prefetch(operator(), wanted.copy().put("tenant", tenant).put("anyAge", true), 1, 1);

        assertThat(state(old)).isEqualTo("WAITING");
    }

    @Test
    void anAccountStandsForItsTenantAndForNobodyElses() {
        JsonObject wanted = span(LONG_AGO, LONG_AGO.plusSeconds(1)).put("dryRun", true);

        refused(operator(), "/api/admin/prefetch", wanted, 400, "tenant or accountSid");
        operator()
                .contentType("application/json")
                .body(wanted.copy().put("accountSid", ACME).encode())
                .post("/api/admin/prefetch")
                .then()
                .statusCode(200)
                .body("tenant", equalTo("acme"));
        for (String account : List.of(ACME, "AC" + "f".repeat(32))) {
            admin().contentType("application/json")
                    .body(wanted.copy().put("accountSid", account).encode())
                    .post("/api/admin/prefetch")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("account-not-allowed"));
        }
    }

    @Test
    void aPurgeDeletesEverythingOfATenantAPartAtATime() {
        Stored stored = kit.ready(tenant, 10);
        kit.row(tenant, new RecordingState.Registered());
        RecordingKey future = at(new RecordingState.Evicted(), LATER);
        RecordingKey deleted = kit.row(tenant, new RecordingState.Deleted());
        RecordingKey foreign = kit.row(tenant + "-other", new RecordingState.Registered());
        JsonObject wanted = new JsonObject().put("tenant", tenant).put("confirm", tenant);

        purge(new JsonObject().put("tenant", tenant).put("dryRun", true), 0, 3);
        assertThat(state(stored.key())).isEqualTo("READY");
        purge(wanted.copy().put("limit", 2), 2, 1);
        purge(wanted, 1, 0);
        purge(wanted, 0, 0);

        assertThat(List.of(stored.key(), future, deleted))
                .allSatisfy(key -> assertThat(state(key)).isEqualTo("DELETED"));
        assertThat(state(foreign)).isEqualTo("REGISTERED");
        OnVertx.until("the audio is gone", () -> !kit.isPurgePending(stored.key()));
        kit.as(tenant, "recordings:play")
                .get("/api/recordings/" + stored.sid() + "/stream")
                .then()
                .statusCode(410);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tenant\":\"acme\"}",
                "{\"tenant\":\"acme\",\"confirm\":\"acm\"}",
                "{\"tenant\":\"acme\",\"confirm\":\"ACME\"}",
                "{\"tenant\":\"acme\",\"confirm\":\"acm\",\"dryRun\":true}",
                "{\"tenant\":\"acme\",\"confirm\":\"acme\",\"limit\":0}",
                "{\"tenant\":\"acme\",\"confirm\":\"acme\",\"limit\":10001}",
                "{\"tenant\":\"\",\"confirm\":\"\"}"
            })
    void aPurgeThatIsNotMeantIsRefused(String body) {
        operator()
                .contentType("application/json")
                .body(body)
                .post("/api/admin/purge")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"));
    }

    @Test
    void onlyAnOperatorPurges() {
        refused(
                admin(),
                "/api/admin/purge",
                new JsonObject().put("tenant", tenant).put("confirm", tenant),
                403,
                OPERATOR);
    }

    @Test
    void failuresComeWithExamplesWhereTheyAreWanted() {
        RecordingKey older = kit.row(tenant, new RecordingState.Failed(FailureReason.TRUNCATED, false, LATER));
        RecordingKey newer = kit.row(tenant, new RecordingState.Failed(FailureReason.TRUNCATED, false, LATER));
        kit.row(tenant, new RecordingState.Failed(FailureReason.ABSENT, true, LATER));
        change(older, "2026-05-01T10:00:00Z");
        change(newer, "2026-05-02T10:00:00Z");

        admin().get("/api/admin/failures?examples=1")
                .then()
                .statusCode(200)
                .body("reasons.examples", hasSize(2))
                .body(
                        "reasons.find { it.reason == 'truncated' }.examples.recordingSid",
                        equalTo(List.of(newer.recordingSid().value())));
        admin().get("/api/admin/failures?reason=absent&examples=20")
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("reasons[0].examples[0].tenant", equalTo(tenant));
        admin().get("/api/admin/failures").then().body("reasons[0].examples", hasSize(0));
        for (String wrong : List.of("examples=21", "examples=-1", "reason=none")) {
            admin().get("/api/admin/failures?" + wrong).then().statusCode(400);
        }
    }

    private static JsonObject span(Instant from, Instant to) {
        return new JsonObject().put("from", from.toString()).put("to", to.toString());
    }

    private static void prefetch(RequestSpecification who, JsonObject body, int matched, int accepted) {
        who.contentType("application/json")
                .body(body.encode())
                .post("/api/admin/prefetch")
                .then()
                .statusCode(200)
                .body("matched", equalTo(matched))
                .body("accepted", equalTo(accepted));
    }

    private void purge(JsonObject body, int deleted, int remaining) {
        ValidatableResponse answer = operator()
                .contentType("application/json")
                .body(body.encode())
                .post("/api/admin/purge")
                .then()
                .statusCode(200);
        answer.body("deleted", equalTo(deleted)).body("remaining", equalTo(remaining));
    }

    private static void refused(RequestSpecification who, String path, JsonObject body, int status, String named) {
        who.contentType("application/json")
                .body(body.encode())
                .post(path)
                .then()
                .statusCode(status)
                .body("detail", containsString(named));
    }

    private RequestSpecification admin() {
        return kit.as(tenant, "recordings:admin");
    }

    /** His token names no tenant. */
    private RequestSpecification operator() {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .auth()
                .oauth2(kit.token(Map.of("roles", List.of(OPERATOR))));
    }

    private RecordingKey at(RecordingState state, Instant began) {
        RecordingKey key = kit.row(tenant, state);
        kit.began(key, began);
        return key;
    }

    private void change(RecordingKey key, String changedAt) {
        pool.preparedQuery("update recording set changed_at = '" + changedAt
                        + "' where tenant = $1 and recording_sid = $2")
                .execute(Tuple.of(key.tenant().value(), key.recordingSid().value()))
                .await()
                .atMost(PATIENCE);
    }

    private String state(RecordingKey key) {
        return pool.preparedQuery("select state from recording where tenant = $1 and recording_sid = $2")
                .execute(Tuple.of(key.tenant().value(), key.recordingSid().value()))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getString(0);
    }
}
