package dev.earshot.gateway.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing of what is marked is started, so that it is seen as it was marked; and where there is no console. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(QuickProfile.class)
class AdministrationIT {
    private static final String ADMIN = "recordings:admin";
    private static final String OPERATOR = "earshot:operator";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The default of {@code earshot.playback.window}; no tenant here has another. */
    private static final Duration WINDOW = Duration.ofDays(7);

    private static final Instant LATER = Instant.now().plusSeconds(3600);

    @Inject
    EdgeKit kit;

    @Inject
    Pool pool;

    private final String tenant = "admin-" + EdgeKit.recordingSid().value().substring(2, 18);
    private final String other = tenant + "-other";

    @Test
    void failuresAreCountedByReasonMostFirst() {
        failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-03T10:00:00Z");
        failed(FailureReason.ABSENT, true, "2026-05-02T10:00:00Z");
        retrying(FailureReason.UPSTREAM_ERROR, "2026-05-04T10:00:00Z");
        retrying(FailureReason.TRUNCATED, "2026-05-05T10:00:00Z");
        kit.row(tenant, new RecordingState.Registered());
        kit.row(other, new RecordingState.Failed(FailureReason.ABSENT, true, LATER));

        failures(admin())
                .body("total", equalTo(3))
                .body("reasons.reason", contains("upstream-error", "absent", "truncated"))
                .body("reasons.count", contains(2, 1, 0))
                .body("reasons.final", contains(false, true, false))
                .body("reasons.retrying", contains(1, 0, 1))
                .body("reasons[0].oldest", equalTo("2026-05-01T10:00:00Z"))
                .body("reasons[0].newest", equalTo("2026-05-04T10:00:00Z"));
    }

    @Test
    void whereNothingFailedThereIsNothing() {
        failures(admin()).body("total", equalTo(0)).body("reasons", empty());
    }

    @Test
    void anOperatorSeesAllTenantsOrTheOneHeNames() {
        failed(FailureReason.TOO_LARGE, true, "2026-05-01T10:00:00Z");
        RequestSpecification operator = operator();

        failures(operator).body("total", greaterThanOrEqualTo(1));
        operator()
                .get("/api/admin/failures?tenant=" + tenant)
                .then()
                .statusCode(200)
                .body("total", equalTo(1));
        operator()
                .get("/api/admin/failures?tenant=" + other)
                .then()
                .statusCode(200)
                .body("total", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"failures", "storage"})
    void anAdministratorSeesHisOwnTenantAlone(String what) {
        admin().get("/api/admin/" + what + "?tenant=" + tenant).then().statusCode(200);
        admin().get("/api/admin/" + what + "?tenant=" + other)
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"))
                .body("detail", containsString(OPERATOR));
        kit.as(tenant, "recordings:play", "recordings:write")
                .get("/api/admin/" + what)
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"));
        RestAssured.given().get("/api/admin/" + what).then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({
        "failures?tenant=a%20b,tenant",
        "failures?days=3,days",
        "failures?tenant=a&tenant=b,tenant comes twice",
        "storage?days=0,days",
        "storage?days=367,days",
        "storage?days=x,days",
    })
    void aParameterThatIsNoneIsRefusedByName(String target, String named) {
        operator()
                .get("/api/admin/" + target)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("detail", containsString(named));
    }

    @Test
    void detailsAreListedByReason() {
        RecordingKey wanted = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        failed(FailureReason.ABSENT, true, "2026-05-01T10:00:00Z");
        RecordingKey waits = retrying(FailureReason.UPSTREAM_ERROR, "2026-05-01T10:00:00Z");
        RequestSpecification listener = kit.as(tenant, "recordings:play");

        listener.get("/api/recordings?state=failed&reason=upstream-error")
                .then()
                .statusCode(200)
                .body("recordings.recordingSid", contains(wanted.recordingSid().value()))
                .body("recordings[0].reason", equalTo("upstream-error"))
                .body("recordings[0].retryable", equalTo(true));
        kit.as(tenant, "recordings:play")
                .get("/api/recordings?state=waiting&reason=upstream-error")
                .then()
                .body("recordings.recordingSid", contains(waits.recordingSid().value()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reason=upstream-error", "reason=upstream-error&state=ready", "reason=none&state=failed"})
    void aReasonNeedsAStateThatHasOne(String query) {
        kit.as(tenant, "recordings:play")
                .get("/api/recordings?" + query)
                .then()
                .statusCode(400)
                .body("detail", containsString("reason"));
    }

    @Test
    void aPageOfAReasonLeadsToTheNextOfTheSame() {
        failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        failed(FailureReason.ABSENT, true, "2026-05-01T10:00:00Z");
        String next = kit.as(tenant, "recordings:play")
                .get("/api/recordings?state=failed&reason=upstream-error&limit=1")
                .then()
                .body("recordings", hasSize(1))
                .extract()
                .path("next");

        kit.as(tenant, "recordings:play")
                .get(next)
                .then()
                .statusCode(200)
                .body("recordings", hasSize(1))
                .body("recordings[0].reason", equalTo("upstream-error"))
                .body("next", nullValue());
    }

    @Test
    void aRedriveHasWhatFailedFetchedAgainAndLeavesTheRest() {
        RecordingKey one = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        RecordingKey coolsDown = failed(FailureReason.STORE_UNAVAILABLE, false, "2026-05-02T10:00:00Z");
        RecordingKey forGood = failed(FailureReason.ABSENT, true, "2026-05-01T10:00:00Z");
        RecordingKey foreign = kit.row(other, new RecordingState.Failed(FailureReason.UPSTREAM_ERROR, false, LATER));
        RecordingKey evicted = kit.row(tenant, new RecordingState.Evicted());

        redrive(admin(), new JsonObject(), 2, 2).body("dryRun", equalTo(false)).body("limit", equalTo(1000));

        for (RecordingKey each : List.of(one, coolsDown)) {
            Row row = row(each);
            assertThat(row.getString("state")).isEqualTo("WAITING");
            assertThat(row.getString("lane")).isEqualTo("BULK");
            assertThat(row.getString("reason")).isNull();
            assertThat(row.getInteger("failures")).isZero();
            assertThat(row.getInteger("counted_attempts")).isZero();
            assertThat(row.getOffsetDateTime("claimable_at")).isNull();
            assertThat(row.getOffsetDateTime("fetch_due_at")).isNotNull();
            assertThat(row.getInteger("generation")).isEqualTo(1);
        }
        assertThat(row(forGood).getString("state")).isEqualTo("FAILED");
        assertThat(row(foreign).getString("state")).isEqualTo("FAILED");
        assertThat(row(evicted).getString("state")).isEqualTo("EVICTED");
        redrive(admin(), new JsonObject(), 0, 0);
    }

    @Test
    void aListenerIsToldThatItIsOnItsWay() {
        RecordingKey key = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        String stream = "/api/recordings/" + key.recordingSid().value() + "/stream";
        kit.as(tenant, "recordings:play").get(stream).then().statusCode(503);

        redrive(admin(), new JsonObject(), 1, 1);

        kit.as(tenant, "recordings:play").get(stream).then().statusCode(202);
    }

    @Test
    void aDryRunCountsAndChangesNothing() {
        RecordingKey key = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        long before = row(key).getLong("revision");

        redrive(admin(), new JsonObject().put("dryRun", true), 1, 0).body("dryRun", equalTo(true));

        assertThat(row(key).getLong("revision")).isEqualTo(before);
        assertThat(row(key).getString("state")).isEqualTo("FAILED");
    }

    @Test
    void aLimitTakesTheLongestFailedAndTellsHowManyThereAre() {
        RecordingKey younger = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-03T10:00:00Z");
        RecordingKey oldest = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        RecordingKey old = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-02T10:00:00Z");

        redrive(admin(), new JsonObject().put("limit", 2), 3, 2).body("limit", equalTo(2));

        assertThat(List.of(oldest, old))
                .allSatisfy(key -> assertThat(row(key).getString("state")).isEqualTo("WAITING"));
        assertThat(row(younger).getString("state")).isEqualTo("FAILED");
    }

    @Test
    void moreThanOneStatementMarksGoOn() {
        run("insert into recording (tenant, account_sid, call_sid, recording_sid, state, attempt, reason, claimable_at)"
                + " select $1, 'AC' || md5($1 || n), 'CA' || md5($1 || n), 'RE' || md5($1 || n), 'FAILED', 1,"
                + " 'UPSTREAM_ERROR', now() from generate_series(1, 1201) n");

        redrive(admin(), new JsonObject().put("limit", 1100), 1201, 1100);

        redrive(admin(), new JsonObject(), 101, 101);
    }

    @Test
    void whatFailedForGoodIsTakenWhereItIsNamedOrWanted() {
        RecordingKey named = failed(FailureReason.NOT_AUDIO, true, "2026-05-01T10:00:00Z");
        RecordingKey unnamed = failed(FailureReason.NOT_AUDIO, true, "2026-05-01T10:00:00Z");

        redrive(admin(), sids(named), 1, 1);

        assertThat(row(named).getString("state")).isEqualTo("WAITING");
        assertThat(row(named).getBoolean("failed_for_good")).isFalse();
        assertThat(row(unnamed).getString("state")).isEqualTo("FAILED");
        redrive(admin(), new JsonObject().put("includeFinal", true).put("reason", "absent"), 0, 0);
        redrive(admin(), new JsonObject().put("includeFinal", true).put("reason", "not-audio"), 1, 1);
    }

    @Test
    void reasonAndTimeNarrowIt() {
        RecordingKey wanted = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        began(wanted, "2026-04-02T00:00:00Z");
        RecordingKey tooOld = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        began(tooOld, "2026-04-01T23:59:59Z");
        RecordingKey tooYoung = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        began(tooYoung, "2026-04-03T00:00:00Z");
        RecordingKey otherwise = failed(FailureReason.TRUNCATED, false, "2026-05-01T10:00:00Z");
        began(otherwise, "2026-04-02T00:00:00Z");

        // Long ago, so by an operator.
        redrive(
                operator(),
                new JsonObject()
                        .put("tenant", tenant)
                        .put("reason", "upstream-error")
                        .put("from", "2026-04-02T00:00:00Z")
                        .put("to", "2026-04-03T00:00:00Z"),
                1,
                1);

        assertThat(row(wanted).getString("state")).isEqualTo("WAITING");
    }

    @Test
    void aTenantsOwnAdministratorIsHeldToThePlaybackWindow() {
        RecordingKey within = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        kit.began(within, Instant.now().minus(WINDOW).plusSeconds(3600));
        RecordingKey older = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        kit.began(older, Instant.now().minus(WINDOW).minusSeconds(1));

        redrive(admin(), new JsonObject().put("dryRun", true), 1, 0);
        redrive(admin(), sids(within, older).put("includeFinal", true), 1, 1);

        assertThat(row(within).getString("state")).isEqualTo("WAITING");
        assertThat(row(older).getString("state")).isEqualTo("FAILED");
    }

    @Test
    void anOperatorPassesOverIt() {
        RecordingKey named = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        kit.began(named, Instant.now().minus(WINDOW).minusSeconds(1));
        RecordingKey older = failed(FailureReason.UPSTREAM_ERROR, false, "2026-05-01T10:00:00Z");
        kit.began(older, Instant.now().minus(WINDOW).minusSeconds(1));

        redrive(operator(), sids(named), 1, 1);
        redrive(operator(), new JsonObject().put("tenant", tenant), 1, 1);

        assertThat(List.of(named, older))
                .allSatisfy(key -> assertThat(row(key).getString("state")).isEqualTo("WAITING"));
    }

    @Test
    void nobodyRedrivesAnotherTenantsRecordingsButAnOperator() {
        RecordingKey foreign = kit.row(other, new RecordingState.Failed(FailureReason.UPSTREAM_ERROR, false, LATER));

        redrive(admin(), sids(foreign), 0, 0);
        admin().contentType("application/json")
                .body(sids(foreign).put("tenant", other).encode())
                .post("/api/admin/redrive")
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"));
        assertThat(row(foreign).getString("state")).isEqualTo("FAILED");
        redrive(operator(), sids(foreign).put("tenant", tenant), 0, 0);
        redrive(operator(), sids(foreign), 1, 1);
        assertThat(row(foreign).getString("state")).isEqualTo("WAITING");
    }

    @Test
    void aRedriveNeedsTheRole() {
        String body = new JsonObject().encode();
        kit.as(tenant, "recordings:play", "recordings:write")
                .contentType("application/json")
                .body(body)
                .post("/api/admin/redrive")
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"));
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/api/admin/redrive")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reason\":\"none\"}",
                "{\"recordingSids\":[]}",
                "{\"recordingSids\":[\"CA00000000000000000000000000000001\"]}",
                "{\"limit\":0}",
                "{\"limit\":10001}",
                "{\"dryRun\":\"yes\"}",
                "{\"from\":\"2026-05-01T10:00:00Z\",\"to\":\"2026-05-01T10:00:00Z\"}",
                "{\"tenant\":\"a b\"}",
                "{\"tenants\":\"a\"}"
            })
    void aBodyThatIsNoneIsRefused(String body) {
        admin().contentType("application/json")
                .body(body)
                .post("/api/admin/redrive")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"));
    }

    @Test
    void whatIsStoredIsAddedUpByDay() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        stored(100, today);
        stored(50, today);
        stored(7, today.minusDays(2));
        stored(1, today.minusDays(3));
        kit.row(tenant, new RecordingState.Evicted());
        kit.row(tenant, new RecordingState.Deleted());
        kit.ready(other, 1000);

        admin().get("/api/admin/storage?days=3")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("recordings", equalTo(4))
                .body("bytes", equalTo(158))
                .body("states.ready", equalTo(4))
                .body("states.evicted", equalTo(1))
                .body("states.failed", equalTo(0))
                .body(
                        "days.date",
                        contains(
                                today.minusDays(2).toString(),
                                today.minusDays(1).toString(),
                                today.toString()))
                .body("days.recordings", contains(1, 0, 2))
                .body("days.bytes", contains(7, 0, 150));
    }

    @Test
    void anEmptyStoreHasDaysToo() {
        admin().get("/api/admin/storage")
                .then()
                .statusCode(200)
                .body("recordings", equalTo(0))
                .body("bytes", equalTo(0))
                .body("days", hasSize(30));
        operator().get("/api/admin/storage?days=1").then().statusCode(200).body("days", hasSize(1));
    }

    /** Here it is not configured. */
    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/", "/console/session", "/console/sign-out", "/console/assets/x.js"})
    void withoutItsClientThereIsNoConsole(String path) {
        RestAssured.given()
                .redirects()
                .follow(false)
                .get(path)
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
    }

    @Test
    void withoutAConsoleItsCookieIsNone() {
        RestAssured.given()
                .cookie("q_session_console", "dead")
                .get("/api/recordings")
                .then()
                .statusCode(401);
        RestAssured.given()
                .cookie("q_session_console", "dead")
                .delete("/api/recordings/" + EdgeKit.recordingSid().value())
                .then()
                .statusCode(401);
    }

    private ValidatableResponse failures(RequestSpecification who) {
        return who.get("/api/admin/failures").then().statusCode(200).header("Cache-Control", "no-store");
    }

    private static ValidatableResponse redrive(RequestSpecification who, JsonObject body, int matched, int redriven) {
        return who.contentType("application/json")
                .body(body.encode())
                .post("/api/admin/redrive")
                .then()
                .statusCode(200)
                .body("matched", equalTo(matched))
                .body("redriven", equalTo(redriven));
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

    private static JsonObject sids(RecordingKey... keys) {
        JsonArray sids = new JsonArray();
        for (RecordingKey key : keys) {
            sids.add(key.recordingSid().value());
        }
        return new JsonObject().put("recordingSids", sids);
    }

    private RecordingKey failed(FailureReason reason, boolean isFinal, String at) {
        RecordingKey key = kit.row(tenant, new RecordingState.Failed(reason, isFinal, LATER));
        change(key, "changed_at = '" + at + "', failures = 3, counted_attempts = 3");
        return key;
    }

    private RecordingKey retrying(FailureReason reason, String at) {
        RecordingKey key =
                kit.row(tenant, new RecordingState.Waiting(Lane.INTERACTIVE, LATER, java.util.Optional.of(reason)));
        change(key, "changed_at = '" + at + "', reason = '" + reason + "'");
        return key;
    }

    private void began(RecordingKey key, String at) {
        change(key, "started_at = '" + at + "'");
    }

    private void stored(int size, LocalDate day) {
        RecordingSid sid = new RecordingSid(kit.ready(tenant, size).sid());
        change(new RecordingKey(new Tenant(tenant), sid), "ready_at = '" + day + "T00:00:00Z'");
    }

    private void change(RecordingKey key, String set) {
        pool.preparedQuery("update recording set " + set + " where tenant = $1 and recording_sid = $2")
                .execute(Tuple.of(key.tenant().value(), key.recordingSid().value()))
                .await()
                .atMost(PATIENCE);
    }

    private void run(String sql) {
        pool.preparedQuery(sql).execute(Tuple.of(tenant)).await().atMost(PATIENCE);
    }

    private Row row(RecordingKey key) {
        return pool.preparedQuery("select * from recording where tenant = $1 and recording_sid = $2")
                .execute(Tuple.of(key.tenant().value(), key.recordingSid().value()))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next();
    }
}
