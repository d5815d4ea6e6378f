package dev.earshot.gateway.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.recording.WorkLeases;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** On the real database and store, by HTTP. Each test has a tenant of its own. */
@QuarkusTest
@TestProfile(QuickProfile.class)
@QuarkusTestResource(LocalStack.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconcileIT {
    private static final String PATH = "/api/admin/reconcile";
    private static final String OPERATOR = "earshot:operator";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    EdgeKit kit;

    @Inject
    WorkLeases leases;

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    S3AsyncClient s3;

    @ConfigProperty(name = "earshot.store.bucket")
    String bucket;

    private String tenant = "";

    @BeforeEach
    void another() {
        tenant = "rec-" + UUID.randomUUID();
    }

    @Test
    void whereEverythingFitsNothingIsFound() {
        for (int i = 0; i < 8; i++) {
            kit.ready(tenant, 10 + i);
            kit.row(tenant, new RecordingState.Registered());
        }

        List<JsonNode> lines = reconcile(true);

        assertThat(lines.getFirst().get("type").asText()).isEqualTo("started");
        assertThat(findings(lines)).isEmpty();
        JsonNode summary = lines.getLast();
        assertThat(summary.get("type").asText()).isEqualTo("summary");
        assertThat(summary.get("objects").asInt()).isEqualTo(8);
        assertThat(summary.get("rows").asInt()).isEqualTo(16);
        assertThat(lines)
                .filteredOn(line -> line.get("type").asText().equals("progress"))
                .isNotEmpty();
    }

    @Test
    void everythingThatDoesNotFitIsToldAndNothingIsTouched() {
        Stored missing = kit.ready(tenant, 10);
        kit.vanish(missing);
        Stored shorter = kit.ready(tenant, 10);
        put(shorter.object().key(), 7);
        RecordingKey nobodys = new RecordingKey(new Tenant(tenant), EdgeKit.recordingSid());
        put(nobodys.objectKey(1), 5);
        RecordingKey deleted = kit.row(tenant, new RecordingState.Deleted());
        put(deleted.objectKey(1), 5);
        RecordingKey evicted = kit.row(tenant, new RecordingState.Evicted());
        put(evicted.objectKey(1), 5);
        RecordingKey behind = kit.row(tenant, new RecordingState.Registered());
        put(behind.objectKey(2), 5);
        put(tenant + "/notes.txt", 5);

        List<JsonNode> lines = reconcile(false);

        assertThat(findings(lines))
                .containsExactlyInAnyOrder(
                        "row-without-object " + missing.object().key() + " reported",
                        "size-differs " + shorter.object().key() + " reported",
                        "object-without-row " + nobodys.objectKey(1) + " reported",
                        "object-of-deleted " + deleted.objectKey(1) + " reported",
                        "object-of-old-generation " + evicted.objectKey(1) + " reported",
                        "object-of-later-generation " + behind.objectKey(2) + " reported");
        assertThat(lines.getLast().get("foreignObjects").asInt()).isOne();
        assertThat(lines.getLast().get("flaws").get("size-differs").asInt()).isOne();
        assertThat(exists(nobodys.objectKey(1))).isTrue();
        assertThat(holds(missing.key(), "state = 'READY' and generation = 1")).isTrue();
    }

    @Test
    void fixDeletesWhatIsNobodysOnceItIsOldEnoughAndFetchesWhatIsMissingAnew() {
        Stored missing = kit.ready(tenant, 10);
        kit.vanish(missing);
        Stored shorter = kit.ready(tenant, 10);
        put(shorter.object().key(), 7);
        RecordingKey nobodys = new RecordingKey(new Tenant(tenant), EdgeKit.recordingSid());
        put(nobodys.objectKey(1), 5);
        RecordingKey behind = kit.row(tenant, new RecordingState.Registered());
        put(behind.objectKey(2), 5);
        put(tenant + "/notes.txt", 5);

        assertThat(findings(reconcile(true)))
                .containsExactlyInAnyOrder(
                        "row-without-object " + missing.object().key() + " fetched-anew",
                        "size-differs " + shorter.object().key() + " fetched-anew",
                        "object-without-row " + nobodys.objectKey(1) + " too-young",
                        "object-of-later-generation " + behind.objectKey(2) + " left");
        assertThat(holds(missing.key(), "state = 'FETCHING' and generation = 2"))
                .isTrue();
        assertThat(holds(shorter.key(), "state = 'FETCHING' and generation = 2"))
                .isTrue();

        // A store that tells whole seconds makes one old enough before the other.
        Set<String> done = new HashSet<>();
        OnVertx.until("old enough", () -> {
            done.addAll(findings(reconcile(true)));
            return done.containsAll(List.of(
                    "object-without-row " + nobodys.objectKey(1) + " deleted",
                    "object-of-old-generation " + shorter.object().key() + " deleted"));
        });
        assertThat(exists(nobodys.objectKey(1))).isFalse();
        assertThat(exists(behind.objectKey(2))).isTrue();
        assertThat(exists(tenant + "/notes.txt")).isTrue();
        assertThat(findings(reconcile(true)))
                .containsExactly("object-of-later-generation " + behind.objectKey(2) + " left");
    }

    /** As beside a database that was put back or is somebody else's. */
    @Test
    void ofManyThatNoRowKnowsOneRunDeletesAFew() {
        List<RecordingKey> unknown = new ArrayList<>();
        for (int i = 0; i < QuickProfile.UNKNOWN + 2; i++) {
            RecordingKey nobodys = new RecordingKey(new Tenant(tenant), EdgeKit.recordingSid());
            put(nobodys.objectKey(1), 5);
            unknown.add(nobodys);
        }

        OnVertx.until(
                "all are old enough",
                () -> unknown.stream().allMatch(key -> age(key.objectKey(1)).compareTo(QuickProfile.SAFETY_AGE) > 0));

        List<String> fixed = findings(reconcile(true));

        assertThat(fixed).filteredOn(line -> line.endsWith(" deleted")).hasSize(QuickProfile.UNKNOWN);
        assertThat(fixed).filteredOn(line -> line.endsWith(" breaker-open")).hasSize(2);
        assertThat(unknown).filteredOn(key -> exists(key.objectKey(1))).hasSize(2);
    }

    @Test
    void peaksWithoutTheirAudioAreLeftOverAndThoseBesideItAreNot() {
        Stored whole = kit.ready(tenant, 10);
        put(whole.key().peaksKey(1), 5);
        RecordingKey halved = kit.row(tenant, new RecordingState.Evicted());
        put(halved.peaksKey(1), 5);
        RecordingKey deleted = kit.row(tenant, new RecordingState.Deleted());
        put(deleted.objectKey(1), 5);
        put(deleted.peaksKey(1), 5);

        List<JsonNode> lines = reconcile(false);

        assertThat(findings(lines))
                .containsExactlyInAnyOrder(
                        "peaks-without-audio " + halved.peaksKey(1) + " reported",
                        "object-of-deleted " + deleted.objectKey(1) + " reported");
        assertThat(lines.getLast().get("foreignObjects").asInt()).isZero();
        assertThat(exists(halved.peaksKey(1))).isTrue();
        OnVertx.until("old enough", () -> {
            List<String> ignored = findings(reconcile(true));
            return !exists(halved.peaksKey(1)) && !exists(deleted.objectKey(1));
        });
        assertThat(exists(deleted.peaksKey(1))).isFalse();
        assertThat(exists(whole.key().peaksKey(1))).isTrue();
        assertThat(findings(reconcile(true))).isEmpty();
    }

    @Test
    void theWholeStoreIsWalkedInTheDatabasesOrder() {
        Stored one = kit.ready("rec", 3);
        Stored two = kit.ready("rec-b", 3);
        Stored three = kit.ready("rec.c", 3);
        RecordingKey nobodys = new RecordingKey(new Tenant("rec-b"), EdgeKit.recordingSid());
        put(nobodys.objectKey(1), 5);

        List<JsonNode> lines = lines(post("{}").then().statusCode(200).extract().response());

        assertThat(lines.getLast().get("type").asText()).isEqualTo("summary");
        assertThat(findings(lines))
                .contains("object-without-row " + nobodys.objectKey(1) + " reported")
                .noneMatch(line -> line.contains(one.sid()) || line.contains(two.sid()) || line.contains(three.sid()));
        s3.deleteObject(delete -> delete.bucket(bucket).key(nobodys.objectKey(1)))
                .join();
    }

    @Test
    void oneRunsAtATimeAndOneThatIsGoneIsForgotten() {
        UUID holder = UUID.randomUUID();
        assertThat(OnVertx.get(vertx, () -> leases.take("reconcile", holder, Duration.ofMinutes(1))))
                .isTrue();
        try {
            post("{}")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("reconcile-running"))
                    .header("Retry-After", equalTo("120"));
        } finally {
            assertThat(OnVertx.get(vertx, () -> leases.take("reconcile", holder, Duration.ofMillis(1))))
                    .isTrue();
        }
        OnVertx.until("forgotten", () -> post(body(false)).statusCode() == 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'fix':'yes'} | fix",
                "{'fixx':true} | fixx",
                "{'tenant':'a b'} | tenant",
                "{'tenant':1} | tenant",
                "{'fix':true,'fix':true} | fix",
                "[] | object"
            })
    void aBodyIsReadStrictly(String body, String named) {
        post(body.replace('\'', '"'))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("detail", containsString(named));
    }

    @Test
    void onlyAnOperatorMayAndNeedsNoTenant() {
        kit.as("acme", "recordings:play", "recordings:write", "recordings:admin")
                .contentType("application/json")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"));
        kit.as("acme", OPERATOR)
                .contentType("application/json")
                .post(PATH + "?fix=true")
                .then()
                .statusCode(400);
        io.restassured.RestAssured.given()
                .contentType("application/json")
                .post(PATH)
                .then()
                .statusCode(401);
        io.restassured.RestAssured.given()
                .auth()
                .oauth2(kit.token(Map.of("roles", List.of(OPERATOR))))
                .contentType("application/json")
                .body(body(false))
                .post(PATH)
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson");
    }

    /** The last, since for a minute after it no object may be missing. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whenTooManyAreMissingNoMoreRowsAreChanged() {
        List<RecordingKey> missing = new ArrayList<>();
        for (int i = 0; i < QuickProfile.MISSING + 3; i++) {
            Stored stored = kit.ready(tenant, 10);
            kit.vanish(stored);
            missing.add(stored.key());
        }

        List<JsonNode> lines = reconcile(true);

        assertThat(findings(lines)).hasSize(missing.size());
        assertThat(findings(lines))
                .filteredOn(line -> line.endsWith(" breaker-open"))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(missing).filteredOn(key -> holds(key, "state = 'READY'")).hasSizeGreaterThanOrEqualTo(3);
    }

    private List<JsonNode> reconcile(boolean fix) {
        return lines(post(body(fix)).then().statusCode(200).extract().response());
    }

    private String body(boolean fix) {
        return "{\"fix\":" + fix + ",\"tenant\":\"" + tenant + "\"}";
    }

    private Response post(String body) {
        return kit.as("acme", OPERATOR)
                .contentType("application/json")
                .body(body)
                .post(PATH);
    }

    private static List<JsonNode> lines(Response response) {
        List<JsonNode> lines = new ArrayList<>();
        response.asString().lines().forEach(line -> {
            try {
                lines.add(JSON.readTree(line));
            } catch (JsonProcessingException e) {
                throw new AssertionError(line, e);
            }
        });
        return lines;
    }

    private static List<String> findings(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.get("type").asText().equals("finding"))
                .map(line -> line.get("flaw").asText() + " " + line.get("key").asText() + " "
                        + line.get("action").asText())
                .toList();
    }

    private void put(String key, int size) {
        s3.putObject(put -> put.bucket(bucket).key(key), AsyncRequestBody.fromBytes(new byte[size]))
                .join();
    }

    private boolean exists(String key) {
        return s3.listObjectsV2(list -> list.bucket(bucket).prefix(key)).join().keyCount() > 0;
    }

    private Duration age(String key) {
        return Duration.between(
                s3.headObject(head -> head.bucket(bucket).key(key)).join().lastModified(), Instant.now());
    }

    private boolean holds(RecordingKey key, String condition) {
        return pool.preparedQuery("select 1 from recording where recording_sid = $1 and " + condition)
                        .execute(Tuple.of(key.recordingSid().value()))
                        .await()
                        .atMost(PATIENCE)
                        .rowCount()
                == 1;
    }
}
