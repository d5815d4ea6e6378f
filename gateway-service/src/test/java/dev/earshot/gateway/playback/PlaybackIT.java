package dev.earshot.gateway.playback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class PlaybackIT {
    private static final String PLAY = "recordings:play";
    private static final int SIZE = 300_000;

    @Inject
    EdgeKit kit;

    @Test
    void theWholeRecordingCarriesEveryPromisedHeader() {
        Stored stored = kit.ready("acme", SIZE);

        Response answer = kit.as("acme", PLAY).get(stream(stored.sid()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asByteArray()).isEqualTo(stored.bytes());
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(SIZE));
        assertThat(answer.header("Transfer-Encoding")).isNull();
        assertThat(answer.header("Content-Type")).isEqualTo("audio/mpeg");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("ETag"))
                .isEqualTo("\"" + stored.object().sha256().hex() + "\"");
        assertThat(answer.header("Last-Modified")).isEqualTo("Wed, 04 Mar 2026 05:06:07 GMT");
        assertThat(answer.header("Repr-Digest"))
                .isEqualTo("sha-256=:"
                        + Base64.getEncoder()
                                .encodeToString(stored.object().sha256().bytes())
                        + ":");
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(answer.header("Vary")).isEqualTo("Authorization, Cookie");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Location")).isNull();
    }

    @Test
    void aCallSidNamesItsRecording() {
        Stored stored = kit.ready("acme", 10);

        kit.as("acme", PLAY)
                .get(stream(stored.call().value()))
                .then()
                .statusCode(200)
                .header("Content-Location", stream(stored.sid()));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-1,0,1",
        "bytes=0-0,0,0",
        "bytes=299999-,299999,299999",
        "bytes=-5,299995,299999",
        "bytes=100000-999999999,100000,299999",
        "bytes=0-,0,299999"
    })
    void aRangeIsExact(String range, int first, int last) {
        Stored stored = kit.ready("acme", SIZE);

        Response answer = kit.as("acme", PLAY).header("Range", range).get(stream(stored.sid()));

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(last - first + 1));
        assertThat(answer.asByteArray()).isEqualTo(Arrays.copyOfRange(stored.bytes(), first, last + 1));
    }

    @Test
    void aRangeOutsideIs416() {
        Stored stored = kit.ready("acme", 10);

        kit.as("acme", PLAY)
                .header("Range", "bytes=10-")
                .get(stream(stored.sid()))
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */10")
                .contentType("application/problem+json")
                .body("code", equalTo("range-not-satisfiable"));
    }

    @Test
    void headTellsTheSameWithoutBytes() {
        Stored stored = kit.ready("acme", 10);

        kit.as("acme", PLAY)
                .header("Range", "bytes=0-1")
                .head(stream(stored.sid()))
                .then()
                .statusCode(200)
                .header("Content-Length", "10")
                .header("Content-Type", "audio/mpeg")
                .header("Accept-Ranges", "bytes");
    }

    @Test
    void conditionsAreHonoured() {
        Stored stored = kit.ready("acme", 10);
        String etag = "\"" + stored.object().sha256().hex() + "\"";

        Response notModified =
                kit.as("acme", PLAY).header("If-None-Match", etag).get(stream(stored.sid()));
        assertThat(notModified.statusCode()).isEqualTo(304);
        assertThat(notModified.header("ETag")).isEqualTo(etag);
        assertThat(notModified.header("Content-Length")).isNull();
        kit.as("acme", PLAY)
                .header("If-Match", "\"x\"")
                .get(stream(stored.sid()))
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition-failed"));
        kit.as("acme", PLAY)
                .header("Range", "bytes=0-1")
                .header("If-Range", "\"x\"")
                .get(stream(stored.sid()))
                .then()
                .statusCode(200);
        kit.as("acme", PLAY)
                .header("Range", "bytes=0-1")
                .header("If-Range", etag)
                .get(stream(stored.sid()))
                .then()
                .statusCode(206);
    }

    @Test
    void foreignAndUnknownAreTheSameBytes() {
        Stored foreign = kit.ready("globex", 10);

        Response theirs = kit.as("acme", PLAY).get(stream(foreign.sid()));
        Response nobodys =
                kit.as("acme", PLAY).get(stream(EdgeKit.recordingSid().value()));

        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(theirs.asByteArray()).isEqualTo(nobodys.asByteArray());
        assertThat(EdgeKit.fields(theirs)).isEqualTo(EdgeKit.fields(nobodys));
        assertThat(theirs.jsonPath().getString("code")).isEqualTo("recording-not-found");
        assertThat(theirs.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void theOrderOfCheckingHolds() {
        String malformed = stream("nonsense");
        given().get(malformed)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue())
                .contentType("application/problem+json")
                .body("code", equalTo("unauthenticated"));
        given().auth().oauth2("rubbish").get(malformed).then().statusCode(401);
        kit.as("acme", "other").get(malformed).then().statusCode(400).body("code", equalTo("malformed-sid"));
        kit.as("acme", "other")
                .get(stream(EdgeKit.recordingSid().value()))
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"));
        given().auth()
                .oauth2(kit.token(Map.of("roles", List.of(PLAY))))
                .get(stream(EdgeKit.recordingSid().value()))
                .then()
                .statusCode(403)
                .body("code", equalTo("tenant-missing"));
        given().auth()
                .oauth2(kit.token(Map.of("tenant", "acme", "roles", List.of(PLAY), "audience", "somebody-else")))
                .get(malformed)
                .then()
                .statusCode(401);
    }

    @Test
    void whatIsBeingFetchedIs202() {
        RecordingKey key = kit.row("acme", new RecordingState.Fetching(Lane.INTERACTIVE, Instant.now()));

        kit.as("acme", PLAY)
                .get(stream(key.recordingSid().value()))
                .then()
                .statusCode(202)
                .header("Retry-After", "2")
                .header("Cache-Control", "no-store")
                .body("status", equalTo("preparing"))
                .body("recordingSid", equalTo(key.recordingSid().value()))
                .body("state", equalTo("fetching"))
                .body("attempt", equalTo(1))
                .body("links.stream", equalTo(stream(key.recordingSid().value())));
    }

    @Test
    void aWaitIsAppliedAndEndsWithTheTruth() {
        RecordingKey key = kit.row("acme", new RecordingState.Fetching(Lane.INTERACTIVE, Instant.now()));

        kit.as("acme", PLAY)
                .header("Prefer", "wait=1")
                .get(stream(key.recordingSid().value()))
                .then()
                .statusCode(202)
                .header("Preference-Applied", "wait=1");
    }

    @Test
    void failuresAreToldByTheTable() {
        Instant soon = Instant.now().plusSeconds(600);
        assertFailed(FailureReason.ABSENT, true, soon, 404, "recording-absent");
        assertFailed(FailureReason.SOURCE_DELETED, true, soon, 410, "source-deleted");
        assertFailed(FailureReason.ENCRYPTED, true, soon, 503, "recording-unplayable");
        assertFailed(FailureReason.ATTEMPTS_EXHAUSTED, false, soon, 503, "fetch-failed");
        assertState(new RecordingState.Deleted(), 410, "recording-deleted");
        assertAnswer(kit.expired("acme"), 410, "recording-expired");
    }

    private void assertFailed(FailureReason reason, boolean isFinal, Instant claimableAt, int status, String code) {
        assertState(new RecordingState.Failed(reason, isFinal, claimableAt), status, code);
    }

    private void assertState(RecordingState state, int status, String code) {
        assertAnswer(kit.row("acme", state), status, code);
    }

    private void assertAnswer(RecordingKey key, int status, String code) {
        kit.as("acme", PLAY)
                .get(stream(key.recordingSid().value()))
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    @Test
    void aVanishedObjectIsFetchedAnew() {
        Stored stored = kit.ready("acme", 10);
        kit.vanish(stored);

        kit.as("acme", PLAY).get(stream(stored.sid())).then().statusCode(202).body("state", equalTo("fetching"));
    }

    @Test
    void aBucketThatIsNotThereChangesNoRow() {
        RecordingKey key = new RecordingKey(new Tenant("acme"), EdgeKit.recordingSid());
        Stored there = kit.ready("acme", 10);
        StoredObject elsewhere = new StoredObject(
                "no-such-bucket", key.objectKey(1), 10, there.object().sha256(), "e", "audio/mpeg");
        Stored stored = kit.ready(key, there.bytes(), elsewhere);

        for (int i = 0; i < 2; i++) {
            kit.as("acme", PLAY)
                    .get(stream(stored.sid()))
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("store-unavailable"))
                    .body("retryable", equalTo(true));
        }
    }

    @Test
    void anotherObjectUnderTheKeyIsNotServed() {
        Stored stored = kit.ready("acme", 10);
        StoredObject other = new StoredObject(
                stored.object().bucket(),
                stored.object().key(),
                10,
                stored.object().sha256(),
                "0123456789abcdef0123456789abcdef",
                "audio/mpeg");
        kit.ready(stored.key(), stored.bytes(), other);

        kit.as("acme", PLAY).get(stream(stored.sid())).then().statusCode(503);
    }

    @Test
    void aMediaTypeThatIsNotAllowedIsNotServed() {
        Stored stored = kit.ready("acme", 10);
        StoredObject html = new StoredObject(
                stored.object().bucket(),
                stored.object().key(),
                10,
                stored.object().sha256(),
                stored.object().etag(),
                "text/html");
        kit.ready(stored.key(), stored.bytes(), html);

        kit.as("acme", PLAY).get(stream(stored.sid())).then().statusCode(503).body("retryable", equalTo(false));
    }

    @Test
    void theRecordingsInformationTellsWhatIsKnown() {
        Stored stored = kit.ready("acme", 10);

        kit.as("acme", PLAY)
                .get("/api/recordings/" + stored.sid())
                .then()
                .statusCode(200)
                .body("state", equalTo("ready"))
                .body("sizeBytes", equalTo(10))
                .body("sha256", equalTo(stored.object().sha256().hex()))
                .body("durationMillis", greaterThan(0));
        kit.as("globex", PLAY).get("/api/recordings/" + stored.sid()).then().statusCode(404);
    }

    @Test
    void unknownPathsAndMethodsAreProblems() {
        given().get("/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not-found"));
        Response wrong = kit.as("acme", PLAY).post(stream(EdgeKit.recordingSid().value()));
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(Optional.ofNullable(wrong.header("Allow"))).isPresent();
    }

    private static String stream(String sid) {
        return "/api/recordings/" + sid + "/stream";
    }
}
