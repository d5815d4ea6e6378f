package dev.earshot.gateway.peaks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class PeaksIT {
    private static final String PLAY = "recordings:play";
    private static final String JSON = "{\"version\":1,\"durationMillis\":100,\"bucketsPerSecond\":20,"
            + "\"channels\":[{\"peaks\":\"gIA=\"},{\"peaks\":\"//8=\"}]}";

    @Inject
    EdgeKit kit;

    @Inject
    S3AsyncClient s3;

    @ConfigProperty(name = "earshot.store.bucket")
    String bucket;

    @Test
    void theyComeAsTheyAreStored() {
        Stored stored = withPeaks("acme");

        Response answer = kit.as("acme", PLAY).get(peaks(stored.sid()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.asByteArray()).isEqualTo(JSON.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.header("ETag")).isEqualTo(etag(stored));
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(answer.header("Vary")).isEqualTo("Authorization, Cookie");
        assertThat(answer.header("Content-Location")).isNull();
    }

    @Test
    void aCallSidWorksAndHeadTellsTheSame() {
        Stored stored = withPeaks("acme");

        Response answer = kit.as("acme", PLAY).get(peaks(stored.call().value()));
        Response head = kit.as("acme", PLAY).head(peaks(stored.call().value()));

        assertThat(answer.asString()).isEqualTo(JSON);
        assertThat(answer.header("Content-Location")).isEqualTo(peaks(stored.sid()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.asByteArray()).isEmpty();
        for (String header : List.of("ETag", "Content-Type", "Content-Location", "Cache-Control")) {
            assertThat(head.header(header)).as(header).isEqualTo(answer.header(header));
        }
    }

    @Test
    void whoeverHasThemIsToldSoWithoutTheStore() {
        Stored stored = withPeaks("acme");
        kit.relay("s3", "cut");
        try {
            for (String tag : List.of(etag(stored), "W/" + etag(stored), "\"x\", " + etag(stored))) {
                Response answer =
                        kit.as("acme", PLAY).header("If-None-Match", tag).get(peaks(stored.sid()));

                assertThat(answer.statusCode()).as(tag).isEqualTo(304);
                assertThat(answer.asByteArray()).isEmpty();
                assertThat(answer.header("ETag")).isEqualTo(etag(stored));
                assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
                assertThat(answer.header("Vary")).isEqualTo("Authorization, Cookie");
            }
        } finally {
            kit.relay("s3", "heal");
        }
    }

    @Test
    void anotherTagIsNoReasonToWithholdThem() {
        Stored stored = withPeaks("acme");
        String audio = "\"" + stored.object().sha256().hex() + "\"";

        assertThat(kit.as("acme", PLAY)
                        .header("If-None-Match", audio)
                        .get(peaks(stored.sid()))
                        .asString())
                .isEqualTo(JSON);
    }

    @Test
    void anyTagMatchesOnlyWhatIsThere() {
        Stored stored = withPeaks("acme");
        Stored without = kit.ready("acme", 10);

        kit.as("acme", PLAY)
                .header("If-None-Match", "*")
                .get(peaks(stored.sid()))
                .then()
                .statusCode(304);
        kit.as("acme", PLAY)
                .header("If-None-Match", "*")
                .get(peaks(without.sid()))
                .then()
                .statusCode(404);
    }

    @Test
    void whatHasBeenReadyForLongGetsNoneAnyMore() {
        Stored without = kit.ready("acme", 10);

        absent(without.sid(), false);
        kit.as("acme", PLAY).head(peaks(without.sid())).then().statusCode(404);
    }

    @Test
    void whatHasJustBecomeReadyMayStillGetThem() {
        RecordingState.Ready ready =
                new RecordingState.Ready(kit.ready("acme", 10).object(), 1000, 1, Instant.now());

        absent(sid(ready), true);
    }

    @Test
    void whatIsOnItsWayMayGetThemAndAskingFetchesNothing() {
        RecordingKey registered = kit.row("acme", new RecordingState.Registered());
        Instant later = Instant.now().plusSeconds(3600);

        absent(sid(new RecordingState.Fetching(Lane.INTERACTIVE, Instant.now())), true);
        absent(sid(new RecordingState.Failed(FailureReason.ABSENT, true, later)), false);
        absent(sid(new RecordingState.Evicted()), false);
        absent(registered.recordingSid().value(), false);

        kit.as("acme", PLAY)
                .get("/api/recordings/" + registered.recordingSid().value())
                .then()
                .body("state", equalTo("registered"))
                .body("links.peaks", nullValue());
    }

    @Test
    void whatIsReadyNamesThem() {
        Stored stored = kit.ready("acme", 10);

        kit.as("acme", PLAY)
                .get("/api/recordings/" + stored.sid())
                .then()
                .body("links.peaks", equalTo(peaks(stored.sid())));
    }

    @Test
    void whatIsNotTheCallersIsToldAsOnTheOtherRoutes() {
        Stored foreign = withPeaks("globex");

        given().get(peaks("nonsense")).then().statusCode(401);
        kit.as("acme", PLAY).get(peaks("nonsense")).then().statusCode(400).body("code", equalTo("malformed-sid"));
        kit.as("acme", "recordings:write")
                .get(peaks(foreign.sid()))
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"));
        Response theirs = kit.as("acme", PLAY).get(peaks(foreign.sid()));
        Response nobodys = kit.as("acme", PLAY).get(peaks(EdgeKit.recordingSid().value()));
        Response stream = kit.as("acme", PLAY)
                .get("/api/recordings/" + EdgeKit.recordingSid().value() + "/stream");
        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(theirs.asByteArray()).isEqualTo(nobodys.asByteArray()).isEqualTo(stream.asByteArray());
    }

    @Test
    void whatIsDeletedIsGone() {
        kit.as("acme", PLAY)
                .get(peaks(sid(new RecordingState.Deleted())))
                .then()
                .statusCode(410)
                .body("code", equalTo("recording-deleted"));
    }

    @Test
    void whileTheStoreIsAwayNobodyIsToldThatThereAreNone() {
        Stored stored = withPeaks("acme");
        kit.relay("s3", "cut");
        try {
            kit.as("acme", PLAY)
                    .get(peaks(stored.sid()))
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "2")
                    .body("code", equalTo("store-unavailable"));
        } finally {
            kit.relay("s3", "heal");
        }
    }

    @Test
    void whatIsLargerThanPeaksAreIsNotSent() {
        Stored largest = kit.ready("acme", 10);
        Stored larger = kit.ready("acme", 10);
        put(largest, " ".repeat(PeaksStore.LARGEST_BYTES - JSON.length()) + JSON);
        put(larger, " ".repeat(PeaksStore.LARGEST_BYTES - JSON.length() + 1) + JSON);

        assertThat(kit.as("acme", PLAY).get(peaks(largest.sid())).asByteArray()).hasSize(PeaksStore.LARGEST_BYTES);
        absent(larger.sid(), false);
    }

    private void absent(String sid, boolean retryable) {
        kit.as("acme", PLAY)
                .get(peaks(sid))
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("code", equalTo("peaks-absent"))
                .body("retryable", equalTo(retryable));
    }

    private Stored withPeaks(String tenant) {
        Stored stored = kit.ready(tenant, 1000);
        put(stored, JSON);
        return stored;
    }

    private void put(Stored stored, String json) {
        s3.putObject(
                        put -> put.bucket(bucket).key(stored.key().peaksKey(1)).contentType("application/json"),
                        AsyncRequestBody.fromString(json))
                .join();
    }

    private String sid(RecordingState state) {
        return kit.row("acme", state).recordingSid().value();
    }

    private static String etag(Stored stored) {
        return "\"" + stored.object().sha256().hex() + "-peaks1\"";
    }

    private static String peaks(String sid) {
        return "/api/recordings/" + sid + "/peaks";
    }
}
