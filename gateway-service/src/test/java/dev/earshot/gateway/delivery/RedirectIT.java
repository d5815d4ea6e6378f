package dev.earshot.gateway.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.events.Lane;
import dev.earshot.events.StoredObject;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(ElsewhereProfile.class)
class RedirectIT {
    private static final String PLAY = "recordings:play";
    private static final int SIZE = 300_000;

    private final HttpClient anybody = HttpClient.newHttpClient();

    @Inject
    EdgeKit kit;

    @ConfigProperty(name = "quarkus.s3.endpoint-override")
    URI store;

    @Test
    void theStoreGivesTheExactBytesAndRangesToWhoeverFollows() throws Exception {
        Stored stored = kit.ready("acme", SIZE);

        Response answer = get("acme", path(stored.sid(), "stream"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Vary")).isEqualTo("Authorization, Cookie");
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        URI url = URI.create(answer.header("Location"));
        assertThat(url.getAuthority()).isEqualTo(store.getAuthority());
        HttpResponse<byte[]> whole = follow("GET", url, "");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(stored.bytes());
        assertThat(whole.headers().firstValue("Content-Type")).contains("audio/mpeg");
        assertThat(whole.headers().firstValue("Content-Disposition")).contains("inline");
        HttpResponse<byte[]> part = follow("GET", url, "bytes=100000-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100000-299999/300000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(stored.bytes(), 100_000, SIZE));
    }

    @Test
    void aDownloadKeepsItsName() throws Exception {
        Stored stored = kit.ready("acme", 10);

        URI url = URI.create(get("acme", path(stored.sid(), "download")).header("Location"));

        String name = stored.call().value() + "-" + stored.sid() + ".mp3";
        assertThat(follow("GET", url, "").headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + name + "\"; filename*=UTF-8''" + name);
    }

    @Test
    void headIsRedirectedToWhereHeadIsAllowed() throws Exception {
        Stored stored = kit.ready("acme", SIZE);

        Response answer = kit.as("acme", PLAY).redirects().follow(false).head(path(stored.sid(), "stream"));

        assertThat(answer.statusCode()).isEqualTo(302);
        HttpResponse<byte[]> head = follow("HEAD", URI.create(answer.header("Location")), "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains(String.valueOf(SIZE));
    }

    @Test
    void aUrlIsForOneObjectAndForAShortTime() throws Exception {
        Stored stored = kit.ready("acme", 10);
        Stored other = kit.ready("acme", 11);

        String url = get("acme", path(stored.sid(), "stream")).header("Location");

        // Five minutes beyond the second that it plays.
        assertThat(url).contains("X-Amz-Expires=301");
        assertThat(follow("GET", URI.create(url.replace(stored.sid(), other.sid())), "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(follow("GET", URI.create(url.replace("X-Amz-Expires=301", "X-Amz-Expires=3010")), "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(follow("GET", URI.create(url.substring(0, url.indexOf('?'))), "")
                        .statusCode())
                .isEqualTo(403);
    }

    /** RFC 9110 section 13.2.1: preconditions count only where the answer would have been 2xx. */
    @ParameterizedTest
    @ValueSource(strings = {"Range: bytes=5-", "Range: bytes=99-", "If-None-Match: *", "If-Match: \"other\""})
    void rangeAndConditionsAreForTheStore(String header) {
        Stored stored = kit.ready("acme", 10);
        String[] field = header.split(": ", 2);

        Response answer = kit.as("acme", PLAY)
                .redirects()
                .follow(false)
                .header(field[0], field[1])
                .get(path(stored.sid(), "stream"));

        assertThat(answer.statusCode()).isEqualTo(302);
    }

    @Test
    void aTenantsOwnFileGoesFirst() {
        Stored stored = kit.ready("globex", 10);

        Response answer = get("globex", path(stored.sid(), "stream"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asByteArray()).isEqualTo(stored.bytes());
    }

    @Test
    void jsonIsNeverElsewhere() {
        Stored stored = kit.ready("acme", 10);

        assertThat(get("acme", path(stored.sid(), "data")).statusCode()).isEqualTo(200);
    }

    @Test
    void aCallSidIsToldWhichRecordingItIs() {
        Stored stored = kit.ready("acme", 10);

        Response answer = get("acme", path(stored.call().value(), "download"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Content-Location")).isEqualTo(path(stored.sid(), "download"));
    }

    @Test
    void nobodyIsSentToWhatIsNotThere() {
        Stored vanished = kit.ready("acme", 10);
        kit.vanish(vanished);
        Stored elsewhere = kit.ready("acme", 10);
        StoredObject object = elsewhere.object();
        kit.ready(
                elsewhere.key(),
                elsewhere.bytes(),
                new StoredObject("no-such-bucket", object.key(), 10, object.sha256(), object.etag(), "audio/mpeg"));
        Stored html = kit.ready("acme", 10);
        kit.ready(
                html.key(),
                html.bytes(),
                new StoredObject(
                        object.bucket(), html.object().key(), 10, object.sha256(), object.etag(), "text/html"));

        assertThat(get("acme", path(vanished.sid(), "stream")).statusCode()).isEqualTo(202);
        get("acme", path(elsewhere.sid(), "stream")).then().statusCode(503).body("code", equalTo("store-unavailable"));
        get("acme", path(html.sid(), "stream")).then().statusCode(503).body("code", equalTo("recording-unplayable"));
    }

    @Test
    void onlyWhatIsReadyIsRedirectedAndOnlyForItsTenant() {
        String fetching = kit.row("acme", new RecordingState.Fetching(Lane.INTERACTIVE, Instant.now()))
                .recordingSid()
                .value();
        String deleted =
                kit.row("acme", new RecordingState.Deleted()).recordingSid().value();
        Stored theirs = kit.ready("globex", 10);

        assertThat(get("acme", path(fetching, "stream")).statusCode()).isEqualTo(202);
        assertThat(get("acme", path(deleted, "stream")).statusCode()).isEqualTo(410);
        Response foreign = get("acme", path(theirs.sid(), "stream"));
        Response unknown = get("acme", path(EdgeKit.recordingSid().value(), "stream"));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.asByteArray()).isEqualTo(unknown.asByteArray());
        assertThat(EdgeKit.fields(foreign)).isEqualTo(EdgeKit.fields(unknown));
        given().redirects()
                .follow(false)
                .get(path(theirs.sid(), "stream"))
                .then()
                .statusCode(401);
        kit.as("acme", "other").get(path(theirs.sid(), "stream")).then().statusCode(403);
    }

    @Test
    void noLogLineTellsAUrl() {
        Stored stored = kit.ready("acme", 10);
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler listening = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(record.getMessage() + " "
                        + (record.getParameters() == null ? "" : Arrays.toString(record.getParameters())));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listening);
        try {
            for (String route : List.of("stream", "download")) {
                assertThat(get("acme", path(stored.sid(), route)).statusCode()).isEqualTo(302);
            }
            root.info("heard");
        } finally {
            root.removeHandler(listening);
        }

        assertThat(lines).anyMatch(line -> line.startsWith("heard"));
        assertThat(lines).noneMatch(line -> line.contains("X-Amz-"));
    }

    private Response get(String tenant, String path) {
        return kit.as(tenant, PLAY).redirects().follow(false).get(path);
    }

    private HttpResponse<byte[]> follow(String method, URI url, String range) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody());
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        return anybody.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String path(String sid, String route) {
        return "/api/recordings/" + sid + "/" + route;
    }
}
