package dev.earshot.gateway.playback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.earshot.events.Lane;
import dev.earshot.events.StoredObject;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class DataIT {
    private static final String PLAY = "recordings:play";
    private static final int MOST = 32 << 20;

    @Inject
    EdgeKit kit;

    @Inject
    MeterRegistry meters;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 300_000, 300_001})
    void theAudioComesAsBase64(int size) {
        Stored stored = kit.ready("acme", size);

        Response answer = kit.as("acme", PLAY).get(data(stored.sid()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(answer.asByteArray().length));
        assertThat(answer.header("Transfer-Encoding")).isNull();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(Base64.getDecoder().decode(answer.jsonPath().getString("data")))
                .isEqualTo(stored.bytes());
        assertThat(answer.jsonPath().getString("recordingSid")).isEqualTo(stored.sid());
        assertThat(answer.jsonPath().getString("callSid"))
                .isEqualTo(stored.call().value());
        assertThat(answer.jsonPath().getString("contentType")).isEqualTo("audio/mpeg");
        assertThat(answer.jsonPath().getString("fileName")).endsWith(stored.sid() + ".mp3");
        assertThat(answer.jsonPath().getInt("sizeBytes")).isEqualTo(size);
        assertThat(answer.jsonPath().getString("sha256"))
                .isEqualTo(stored.object().sha256().hex());
    }

    @Test
    void aCallSidWorksAndHeadTellsTheSame() {
        Stored stored = kit.ready("acme", 10);

        Response answer = kit.as("acme", PLAY).get(data(stored.call().value()));
        Response head = kit.as("acme", PLAY).head(data(stored.call().value()));

        assertThat(answer.header("Content-Location")).isEqualTo(data(stored.sid()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(answer.header("Content-Length"));
        assertThat(head.header("Content-Location")).isEqualTo(data(stored.sid()));
    }

    @Test
    void whatIsTooLargeIsSaidToBe() {
        Stored largest = announced(MOST);
        Stored larger = announced(MOST + 1);

        kit.as("acme", PLAY).head(data(largest.sid())).then().statusCode(200);
        kit.as("acme", PLAY)
                .get(data(larger.sid()))
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("recording-too-large"))
                .body("sizeBytes", equalTo(MOST + 1))
                .body("maxBytes", equalTo(MOST))
                .body("download", equalTo("/api/recordings/" + larger.sid() + "/download"));
    }

    @Test
    void whatIsNotThereIsToldAsOnTheStream() {
        given().get(data("nonsense")).then().statusCode(401);
        kit.as("acme", PLAY).get(data("nonsense")).then().statusCode(400).body("code", equalTo("malformed-sid"));
        kit.as("acme", "other")
                .get(data(EdgeKit.recordingSid().value()))
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"));
        Response theirs = kit.as("acme", PLAY).get(data(kit.ready("globex", 10).sid()));
        Response nobodys = kit.as("acme", PLAY).get(data(EdgeKit.recordingSid().value()));
        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(theirs.asByteArray()).isEqualTo(nobodys.asByteArray());
        kit.as("acme", PLAY)
                .get(data(sid(new RecordingState.Fetching(Lane.INTERACTIVE, Instant.now()))))
                .then()
                .statusCode(202)
                .header("Retry-After", "2")
                .body("status", equalTo("preparing"));
        kit.as("acme", PLAY).get(data(sid(new RecordingState.Deleted()))).then().statusCode(410);
    }

    @Test
    void aVanishedObjectIsFetchedAnew() {
        Stored stored = kit.ready("acme", 10);
        kit.vanish(stored);

        kit.as("acme", PLAY).get(data(stored.sid())).then().statusCode(202).body("state", equalTo("fetching"));
    }

    @Test
    void aStoreThatIsAwayIsA503() {
        Stored stored = kit.ready("acme", 11);
        StoredObject elsewhere = new StoredObject(
                "no-such-bucket",
                stored.object().key(),
                11,
                stored.object().sha256(),
                stored.object().etag(),
                "audio/mpeg");
        kit.ready(stored.key(), stored.bytes(), elsewhere);

        kit.as("acme", PLAY)
                .get(data(stored.sid()))
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("store-unavailable"));
    }

    /** What is known of an object decides; it need not be there. */
    private Stored announced(int size) {
        Stored small = kit.ready("acme", 10);
        StoredObject object = small.object();
        return kit.ready(
                small.key(),
                small.bytes(),
                new StoredObject(
                        object.bucket(), object.key(), size, object.sha256(), object.etag(), object.contentType()));
    }

    /** Of 16 MB no more is read than the connection's buffers hold while the client takes nothing. */
    @Test
    void aSlowClientHoldsTheStoreBack() throws IOException {
        Stored stored = kit.ready("acme", 16 << 20);
        double before = sent();
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress("localhost", RestAssured.port));
            socket.getOutputStream().write(request(stored.sid()));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            OnVertx.until("something was sent", () -> sent() > before);
            double rest = settled();

            assertThat(rest - before).isLessThan(8 << 20);
            assertThat(socket.getInputStream().readNBytes(4))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("TTP/");
        }
    }

    private byte[] request(String sid) {
        return ("GET " + data(sid) + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                        + kit.token(Map.of("tenant", "acme", "roles", List.of(PLAY))) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** How much was sent once nothing more is: two looks that tell the same. */
    private double settled() {
        double[] last = {-1};
        OnVertx.until("the stream rests", () -> {
            double now = sent();
            boolean rests = now == last[0];
            last[0] = now;
            return rests;
        });
        return last[0];
    }

    private double sent() {
        return meters.counter("earshot.playback.bytes").count();
    }

    private String sid(RecordingState state) {
        return kit.row("acme", state).recordingSid().value();
    }

    private static String data(String sid) {
        return "/api/recordings/" + sid + "/data";
    }
}
