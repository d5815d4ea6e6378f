package dev.earshot.gateway.administration;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.Lifecycle;
import dev.earshot.gateway.recording.Next;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators see of one recording. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(QuickProfile.class)
class StatusIT {
    private static final String ADMIN = "recordings:admin";
    private static final String OPERATOR = "earshot:operator";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ACCOUNT = "AC000000000000000000000000000acc3e";

    @Inject
    EdgeKit kit;

    @Inject
    Lifecycle lifecycle;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    private final String tenant = "status-" + EdgeKit.recordingSid().value().substring(2, 18);
    private final String other = tenant + "-other";

    @Test
    void eachChangeIsRememberedWithItsReason() {
        RecordingKey key = kit.row(tenant, new RecordingState.Registered());
        click(key);
        fails(key, new Next.Retry(FailureReason.UPSTREAM_ERROR, true, HOUR, HOUR, false));

        status(admin(), key)
                .body("recordings", hasSize(1))
                .body("recordings[0].tenant", equalTo(tenant))
                .body("recordings[0].state", equalTo("waiting"))
                .body("recordings[0].attempt", equalTo(2))
                .body("recordings[0].reason", equalTo("upstream-error"))
                .body("recordings[0].twilioCode", equalTo(20_500))
                .body("recordings[0].countedAttempts", equalTo(1))
                .body("recordings[0].final", equalTo(false))
                .body("recordings[0].times.fetchDueAt", notNullValue())
                .body("recordings[0].times.wakesAt", notNullValue())
                .body("recordings[0].history.state", contains("fetching", "waiting"))
                .body("recordings[0].history.attempt", contains(2, 2))
                .body("recordings[0].history.lane", contains("interactive", "interactive"))
                .body("recordings[0].history[1].reason", equalTo("upstream-error"))
                .body("recordings[0].history[1].twilioCode", equalTo(20_500));
    }

    @Test
    void whatIsFailedForGoodSaysSoUntilItIsFetchedAgain() {
        RecordingKey key = kit.row(tenant, new RecordingState.Registered());
        click(key);
        fails(key, new Next.GiveUp(FailureReason.ABSENT, true, Duration.ZERO));
        status(admin(), key)
                .body("recordings[0].final", equalTo(true))
                .body("recordings[0].twilioCode", equalTo(20_500));

        operator()
                .contentType("application/json")
                .body("{\"recordingSids\":[\"" + key.recordingSid().value() + "\"]}")
                .post("/api/admin/redrive")
                .then()
                .statusCode(200);

        status(admin(), key)
                .body("recordings[0].reason", nullValue())
                .body("recordings[0].twilioCode", nullValue())
                .body("recordings[0].history.state", contains("fetching", "failed", "waiting"))
                .body("recordings[0].history.lane", contains("interactive", "interactive", "bulk"));
    }

    @Test
    void aTombstoneTellsNothingOfWhatWasBefore() {
        RecordingKey key = kit.row(tenant, new RecordingState.Registered());
        kit.began(key, Instant.now());
        click(key);

        admin().delete("/api/recordings/" + key.recordingSid().value()).then().statusCode(204);

        status(admin(), key)
                .body("recordings[0].state", equalTo("deleted"))
                .body("recordings[0].startedAt", nullValue())
                .body("recordings[0].traceparent", nullValue())
                .body("recordings[0].times.promisedAt", nullValue())
                .body("recordings[0].times.claimedAt", nullValue())
                .body("recordings[0].times.lastPlayedAt", nullValue())
                .body("recordings[0].history.state", contains("deleted"))
                .body("recordings[0].history[0].reason", nullValue());
    }

    @Test
    void whatShouldBeStoredIsLookedFor() {
        Stored stored = kit.ready(tenant, 100);
        RecordingKey key = stored.key();

        status(admin(), key)
                .body("recordings[0].object.key", equalTo(stored.object().key()))
                .body("recordings[0].object.sizeBytes", equalTo(100))
                .body("recordings[0].object.present", equalTo(true));
        kit.vanish(stored);
        status(admin(), key).body("recordings[0].object.present", equalTo(false));
    }

    @Test
    void playingWhatIsReadyIsNoChange() {
        Stored stored = kit.ready(QuickProfile.PROXIED, 100);
        int before = remembered(stored.key());

        kit.as(QuickProfile.PROXIED, "recordings:play")
                .get("/api/recordings/" + stored.sid() + "/stream")
                .then()
                .statusCode(200);
        OnVertx.until("it is noted as played", () -> isPlayed(stored.key()));

        org.assertj.core.api.Assertions.assertThat(remembered(stored.key())).isEqualTo(before);
    }

    @Test
    void anOperatorFindsItInAnyTenantAndOfACallAllOfThem() {
        RecordingKey key = kit.row(tenant, new RecordingState.Registered());
        RecordingKey sibling = kit.row(tenant, new RecordingState.Evicted());
        String call = "CA" + EdgeKit.recordingSid().value().substring(2);
        change("update recording set call_sid = '" + call + "' where tenant = $1", tenant);

        status(operator(), key).body("recordings.tenant", contains(tenant));
        operator()
                .get("/api/admin/recordings/" + call)
                .then()
                .statusCode(200)
                .body(
                        "recordings.recordingSid.sort()",
                        equalTo(List.of(
                                        key.recordingSid().value(),
                                        sibling.recordingSid().value())
                                .stream()
                                .sorted()
                                .toList()));
    }

    @Test
    void anothersIsAnUnknownOne() {
        RecordingKey foreign = kit.row(other, new RecordingState.Registered());

        for (String sid :
                List.of(foreign.recordingSid().value(), EdgeKit.recordingSid().value())) {
            admin().get("/api/admin/recordings/" + sid)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("recording-not-found"));
        }
        operator()
                .get("/api/admin/recordings/" + foreign.recordingSid().value() + "?tenant=" + tenant)
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "RE1,400,malformed-sid",
        "RE00000000000000000000000000000000?tenant=a%20b,400,invalid-request",
        "RE00000000000000000000000000000000?more=1,400,invalid-request",
        "RE00000000000000000000000000000000?tenant=another,403,role-missing"
    })
    void whatIsWrongIsRefused(String target, int status, String code) {
        admin().get("/api/admin/recordings/" + target).then().statusCode(status).body("code", equalTo(code));
        kit.as(tenant, "recordings:play")
                .get("/api/admin/recordings/" + EdgeKit.recordingSid().value())
                .then()
                .statusCode(403);
    }

    @Test
    void whatIsOlderThanItIsKeptIsForgotten() {
        RecordingKey key = kit.row(tenant, new RecordingState.Registered());
        click(key);
        change(
                "update recording_history set at = now() - interval '8 days' where recording_id in"
                        + " (select id from recording where tenant = $1)",
                tenant);

        OnVertx.until("it is forgotten", () -> remembered(key) == 0);

        status(admin(), key).body("recordings[0].state", equalTo("fetching")).body("recordings[0].history", empty());
    }

    private static final Duration HOUR = Duration.ofHours(1);

    private void click(RecordingKey key) {
        kit.as(key.tenant().value(), "recordings:play")
                .header("traceparent", "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01")
                .get("/api/recordings/" + key.recordingSid().value() + "/stream")
                .then()
                .statusCode(202);
    }

    private void fails(RecordingKey key, Next next) {
        FetchFailed event = new FetchFailed(
                key.tenant(),
                new AccountSid(ACCOUNT),
                new CallSid("CA" + "0".repeat(32)),
                key.recordingSid(),
                FailureReason.UPSTREAM_ERROR,
                true,
                OptionalInt.empty(),
                OptionalInt.of(20_500),
                "a test's",
                Instant.now(),
                1,
                2);
        var ignored = OnVertx.get(vertx, () -> lifecycle.failed(event, (soFar, reason, counted, after) -> next));
    }

    private ValidatableResponse status(RequestSpecification who, RecordingKey key) {
        return who.get("/api/admin/recordings/" + key.recordingSid().value())
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store");
    }

    private RequestSpecification admin() {
        return kit.as(tenant, ADMIN);
    }

    /** His token names no tenant. */
    private RequestSpecification operator() {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .auth()
                .oauth2(kit.token(Map.of("roles", List.of(OPERATOR))));
    }

    private int remembered(RecordingKey key) {
        return count(
                "select count(*) from recording_history h join recording r on r.id = h.recording_id"
                        + " where r.tenant = $1 and r.recording_sid = $2",
                key);
    }

    private boolean isPlayed(RecordingKey key) {
        return count("select count(last_played_at) from recording where tenant = $1 and recording_sid = $2", key) > 0;
    }

    private int count(String sql, RecordingKey key) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(key.tenant().value(), key.recordingSid().value()))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getInteger(0);
    }

    private void change(String sql, String of) {
        pool.preparedQuery(sql).execute(Tuple.of(of)).await().atMost(PATIENCE);
    }
}
