package dev.earshot.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class DeletionIT {
    private static final String ADMIN = "recordings:admin";
    private static final String PLAY = "recordings:play";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** More than all buffers between the store and a listener hold. */
    private static final int LONG = 40_000_000;

    /** What may be left of it; all others are null or as a fresh row's. */
    private static final String LEFT = """
            select tenant, account_sid, call_sid, recording_sid, state,
                num_nonnulls(started_at, duration_seconds, channels, object_bucket, object_key, object_size_bytes,
                    object_sha256, object_etag, object_content_type, object_channels, duration_millis, ready_at,
                    traceparent, promised_at, claimed_at, published_at, fetch_due_at, not_before, reason, claimable_at,
                    failing_since) as contents
            from recording where recording_sid = $1""";

    @Inject
    EdgeKit kit;

    @Inject
    Pool pool;

    @Inject
    S3AsyncClient s3;

    @ConfigProperty(name = "earshot.store.bucket")
    String bucket;

    @Test
    void itIsGoneForItsOwnerAndStaysGone() {
        Stored stored = kit.ready("acme", 1000);
        s3.putObject(put -> put.bucket(bucket).key(stored.key().peaksKey(1)), AsyncRequestBody.fromString("{}"))
                .join();
        assertThat(keys(stored.key())).hasSize(2);

        delete(stored.sid(), ADMIN).then().statusCode(204).header("Cache-Control", equalTo("no-store"));

        for (String path : List.of("", "/stream", "/peaks")) {
            kit.as("acme", PLAY)
                    .get("/api/recordings/" + stored.sid() + path)
                    .then()
                    .statusCode(410)
                    .body("code", equalTo("recording-deleted"));
        }
        delete(stored.sid(), ADMIN).then().statusCode(204);
        Row row = row(stored.sid());
        assertThat(row.getString("state")).isEqualTo("DELETED");
        assertThat(row.getInteger("contents")).isZero();
        OnVertx.until(
                "the audio and its peaks are purged", () -> keys(stored.key()).isEmpty());
    }

    @Test
    void aCallsNewestIsDeletedAndNamed() {
        Stored stored = kit.ready("acme", 1000);
        String call = stored.call().value();

        delete(call, ADMIN)
                .then()
                .statusCode(204)
                .header("Content-Location", equalTo("/api/recordings/" + stored.sid()));

        // Nothing is left that the call's SID could name.
        delete(call, ADMIN).then().statusCode(404).body("code", equalTo("recording-not-found"));
        kit.as("acme", PLAY).get("/api/recordings/" + stored.sid()).then().statusCode(410);
    }

    @Test
    void everyStateCanBeDeleted() {
        for (RecordingState state : List.of(
                new RecordingState.Registered(),
                new RecordingState.Evicted(),
                new RecordingState.Fetching(dev.earshot.events.Lane.BULK, java.time.Instant.EPOCH))) {
            RecordingKey key = kit.row("acme", state);

            delete(key.recordingSid().value(), ADMIN).then().statusCode(204);

            assertThat(row(key.recordingSid().value()).getString("state")).isEqualTo("DELETED");
        }
    }

    @Test
    void whatIsForeignIsUnknownAndUntouched() {
        Stored foreign = kit.ready("globex", 1000);

        Response ofForeign = delete(foreign.sid(), ADMIN);
        Response ofUnknown = delete(EdgeKit.recordingSid().value(), ADMIN);
        Response ofForeignCall = delete(foreign.call().value(), ADMIN);

        assertThat(ofForeign.statusCode()).isEqualTo(404);
        for (Response other : List.of(ofForeign, ofForeignCall)) {
            assertThat(other.asByteArray()).isEqualTo(ofUnknown.asByteArray());
            assertThat(headersButTheDate(other)).isEqualTo(headersButTheDate(ofUnknown));
        }
        assertThat(row(foreign.sid()).getString("state")).isEqualTo("READY");
    }

    private static List<String> headersButTheDate(Response answer) {
        return answer.headers().asList().stream()
                .filter(header -> !header.getName().equalsIgnoreCase("date"))
                .map(Object::toString)
                .toList();
    }

    @Test
    void onlyAnAdministratorMay() {
        Stored stored = kit.ready("acme", 1000);

        delete(stored.sid(), PLAY).then().statusCode(403).body("code", equalTo("role-missing"));
        delete(stored.sid(), "recordings:write").then().statusCode(403);
        delete("RE1", PLAY).then().statusCode(400).body("code", equalTo("malformed-sid"));
        RestAssured.given().delete("/api/recordings/" + stored.sid()).then().statusCode(401);

        assertThat(row(stored.sid()).getString("state")).isEqualTo("READY");
    }

    @Test
    void whatPlaysIsReset() throws IOException {
        Stored stored = kit.ready("acme", LONG);
        try (Socket playing = play(stored.sid())) {
            playing.getInputStream().readNBytes(1000);

            delete(stored.sid(), ADMIN).then().statusCode(204);

            assertThatThrownBy(() -> rest(playing)).isInstanceOf(SocketException.class);
        }
    }

    /** The trigger is off for this one transaction, so nobody is notified. */
    @Test
    void aMissedNotificationOnlyDelaysTheReset() throws IOException {
        Stored stored = kit.ready("acme", LONG);
        try (Socket playing = play(stored.sid())) {
            playing.getInputStream().readNBytes(1000);

            pool.withTransaction(connection -> connection
                            .query("alter table recording disable trigger recording_changed")
                            .execute()
                            .chain(() -> connection
                                    .preparedQuery("update recording set state = 'DELETED' where recording_sid = $1")
                                    .execute(Tuple.of(stored.sid())))
                            .chain(() -> connection
                                    .query("alter table recording enable trigger recording_changed")
                                    .execute()))
                    .await()
                    .atMost(PATIENCE);

            assertThatThrownBy(() -> rest(playing)).isInstanceOf(SocketException.class);
        }
    }

    private Response delete(String sid, String role) {
        return kit.as("acme", role).delete("/api/recordings/" + sid);
    }

    private Row row(String sid) {
        return pool.preparedQuery(LEFT)
                .execute(Tuple.of(sid))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next();
    }

    private List<String> keys(RecordingKey key) {
        return s3.listObjectsV2(list -> list.bucket(bucket).prefix(key.objectPrefix())).join().contents().stream()
                .map(object -> object.key())
                .toList();
    }

    private Socket play(String sid) throws IOException {
        String token = kit.token(Map.of("tenant", "acme", "roles", List.of(PLAY)));
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write(("GET /api/recordings/" + sid + "/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads slowly enough for the deletion to be heard, and ends by the connection's own end. */
    private static void rest(Socket playing) throws IOException {
        InputStream input = playing.getInputStream();
        for (int length = 0; length >= 0; ) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(5).toNanos());
            length = input.read(new byte[16 * 1024]);
        }
    }
}
