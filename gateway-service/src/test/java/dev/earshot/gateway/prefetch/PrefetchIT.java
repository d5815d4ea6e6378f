package dev.earshot.gateway.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing in bulk is started, so what is marked stays as it was marked. */
@QuarkusTest
@TestProfile(QuickProfile.class)
@QuarkusTestResource(LocalStack.class)
class PrefetchIT {
    private static final String WRITE = "recordings:write";
    private static final String OPERATOR = "earshot:operator";
    private static final String MANY = "/api/prefetch";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    EdgeKit kit;

    @Inject
    Pool pool;

    /** Or other tests' bulk would wait behind it. */
    @AfterEach
    void forget() {
        run("delete from recording where state = 'WAITING' and lane = $1", Tuple.of("BULK"));
    }

    @Test
    void oneIsMarkedAndToldOf() {
        RecordingKey key = kit.row("acme", new RecordingState.Registered());

        one(sid(key), "", WRITE)
                .statusCode(202)
                .header("Cache-Control", equalTo("no-store"))
                .body("recordingSid", equalTo(sid(key)))
                .body("state", equalTo("waiting"));
        one(sid(key), "{}", WRITE).statusCode(202).body("state", equalTo("waiting"));

        Row row = row(key);
        assertThat(row.getString("lane")).isEqualTo("BULK");
        assertThat(row.getLong("revision")).isEqualTo(1);
        assertThat(row.getInteger("generation")).isEqualTo(1);
    }

    @Test
    void aCallsNewestIsNamed() {
        EdgeKit.Stored stored = kit.ready("acme", 10);

        one(stored.call().value(), "", WRITE)
                .statusCode(202)
                .header("Content-Location", equalTo("/api/recordings/" + stored.sid()))
                .body("state", equalTo("ready"));
    }

    @Test
    void anEvictedOneGetsANewGeneration() {
        RecordingKey key = kit.row("acme", new RecordingState.Evicted());

        one(sid(key), "", WRITE).statusCode(202);

        assertThat(row(key).getString("state")).isEqualTo("WAITING");
        assertThat(row(key).getInteger("generation")).isEqualTo(2);
    }

    @Test
    void aFailedOneIsTriedAgainAfterItsCoolDown() {
        RecordingKey cooled = kit.row("acme", new RecordingState.Failed(FailureReason.UPSTREAM_ERROR, false, PAST));
        RecordingKey cooling = kit.row(
                "acme",
                new RecordingState.Failed(
                        FailureReason.UPSTREAM_ERROR, false, Instant.now().plusSeconds(600)));
        RecordingKey dead = kit.row("acme", new RecordingState.Failed(FailureReason.ENCRYPTED, true, PAST));

        one(sid(cooled), "", WRITE).statusCode(202);
        one(sid(cooling), "", WRITE).statusCode(503).body("code", equalTo("fetch-failed"));
        one(sid(dead), "", WRITE).statusCode(503).body("code", equalTo("recording-unplayable"));
    }

    @Test
    void onlyAnOperatorOverridesThePlaybackWindow() {
        RecordingKey old = kit.expired("acme");

        one(sid(old), "", WRITE).statusCode(410).body("code", equalTo("recording-expired"));
        one(sid(old), "", OPERATOR).statusCode(410).body("code", equalTo("recording-expired"));
        one(sid(old), "{\"anyAge\":true}", WRITE).statusCode(403).body("code", equalTo("role-missing"));
        assertThat(row(old).getString("state")).isEqualTo("REGISTERED");

        one(sid(old), "{\"anyAge\":true}", OPERATOR).statusCode(202).body("state", equalTo("waiting"));
    }

    @Test
    void ofManyEachIsToldOf() {
        RecordingKey registered = kit.row("acme", new RecordingState.Registered());
        RecordingKey waiting =
                kit.row("acme", new RecordingState.Waiting(Lane.BULK, Instant.now(), java.util.Optional.empty()));
        EdgeKit.Stored ready = kit.ready("acme", 10);
        RecordingKey deleted = kit.row("acme", new RecordingState.Deleted());
        RecordingKey expired = kit.expired("acme");
        RecordingKey foreign = kit.row("globex", new RecordingState.Registered());
        String unknown = EdgeKit.recordingSid().value();

        ValidatableResponse answer = many(List.of(
                sid(registered),
                sid(waiting),
                ready.call().value(),
                sid(deleted),
                sid(expired),
                sid(foreign),
                unknown,
                sid(registered)));

        answer.statusCode(202)
                .body("accepted", equalTo(1))
                .body("underWay", equalTo(1))
                .body("ready", equalTo(1))
                .body("refused.sid", equalTo(List.of(sid(deleted), sid(expired), sid(foreign), unknown)))
                .body(
                        "refused.code",
                        equalTo(List.of(
                                "recording-deleted",
                                "recording-expired",
                                "recording-not-found",
                                "recording-not-found")))
                .body("refused.retryable", equalTo(List.of(false, false, false, false)));
        assertThat(row(foreign).getString("state")).isEqualTo("REGISTERED");
        assertThat(row(foreign).getLong("revision")).isZero();
    }

    @Test
    void tenThousandAreOneRequest() {
        String tenant = "bulk-" + EdgeKit.recordingSid().value().substring(2, 18);
        for (int i = 0; i < 4; i++) {
            run(
                    "insert into recording (tenant, account_sid, call_sid, recording_sid, state) select $1, 'AC' ||"
                            + " md5($1), 'CA' || md5($1 || 'c' || n), 'RE' || md5($1 || n), 'REGISTERED' from"
                            + " generate_series($2::int, $3::int) n",
                    Tuple.of(tenant, i * 2500 + 1, (i + 1) * 2500));
        }
        List<String> sids = new ArrayList<>();
        run("select recording_sid from recording where tenant = $1", Tuple.of(tenant))
                .forEach(row -> sids.add(row.getString(0)));
        long since = System.nanoTime();

        Response answer = kit.as(tenant, WRITE)
                .contentType("application/json")
                .body(body(sids))
                .post(MANY);

        System.getLogger(PrefetchIT.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "10000 SIDs were marked in {0} ms",
                        (System.nanoTime() - since) / 1_000_000);
        answer.then().statusCode(202).body("accepted", equalTo(10_000)).body("refused", equalTo(List.of()));
        Row row = run(
                        "select count(*) from recording where tenant = $1 and state = 'WAITING' and lane = 'BULK'",
                        Tuple.of(tenant))
                .iterator()
                .next();
        assertThat(row.getLong(0)).isEqualTo(10_000);
        run("delete from recording where tenant = $1", Tuple.of(tenant));
    }

    @Test
    void batchesThatOverlapInEveryOrderDoNotWaitForEachOther() {
        List<RecordingKey> keys = IntStream.range(0, 40)
                .mapToObj(i -> kit.row("acme", new RecordingState.Evicted()))
                .toList();
        List<String> sids = keys.stream().map(PrefetchIT::sid).toList();

        List<Integer> accepted = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> many(i % 2 == 0 ? sids : sids.reversed())
                        .statusCode(202)
                        .extract()
                        .<Integer>path("accepted"))
                .toList();

        assertThat(accepted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
        assertThat(keys)
                .allSatisfy(key -> assertThat(row(key).getInteger("generation")).isEqualTo(2));
    }

    @Test
    void whatIsWrongIsNamed() {
        String sid = EdgeKit.recordingSid().value();

        many(List.of(sid, "RE1")).statusCode(400).body("detail", containsString("sids[1]"));
        many(List.of()).statusCode(400).body("detail", containsString("1 to 10000"));
        many(IntStream.rangeClosed(0, 10_000).mapToObj(i -> sid).toList())
                .statusCode(400)
                .body("detail", containsString("sids must be a list of 1 to 10000"));
        one(sid, "{\"any\":1}", WRITE).statusCode(400).body("code", equalTo("invalid-request"));
        one("RE1", "", WRITE).statusCode(400).body("code", equalTo("malformed-sid"));
        one(sid, "", "recordings:play").statusCode(403).body("code", equalTo("role-missing"));
        one(sid, "", WRITE).statusCode(404).body("code", equalTo("recording-not-found"));
        kit.as("acme", WRITE).get(MANY).then().statusCode(405).header("Allow", equalTo("OPTIONS, POST"));
        kit.as("acme", WRITE)
                .contentType("application/json")
                .body(" ".repeat(1_100_000))
                .post(MANY)
                .then()
                .statusCode(oneOf(400, 413));
    }

    private ValidatableResponse one(String sid, String body, String role) {
        var request = kit.as("acme", role);
        if (!body.isEmpty()) {
            request = request.contentType("application/json").body(body);
        }
        return request.post("/api/recordings/" + sid + "/prefetch").then();
    }

    private ValidatableResponse many(List<String> sids) {
        return kit.as("acme", WRITE)
                .contentType("application/json")
                .body(body(sids))
                .post(MANY)
                .then();
    }

    private static String body(List<String> sids) {
        return sids.stream()
                .collect(Collectors.joining(
                        "\",\"", "{\"sids\":[" + (sids.isEmpty() ? "" : "\""), (sids.isEmpty() ? "" : "\"") + "]}"));
    }

    private static String sid(RecordingKey key) {
        return key.recordingSid().value();
    }

    private Row row(RecordingKey key) {
        return run("select * from recording where recording_sid = $1", Tuple.of(sid(key)))
                .iterator()
                .next();
    }

    private Iterable<Row> run(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(PATIENCE);
    }
}
