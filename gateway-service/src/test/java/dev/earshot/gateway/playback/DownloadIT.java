package dev.earshot.gateway.playback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class DownloadIT {
    private static final String PLAY = "recordings:play";
    private static final int SIZE = 300_000;

    @Inject
    EdgeKit kit;

    @Test
    void aDownloadIsTheAudioWithAName() {
        Stored stored = kit.ready("acme", SIZE);
        kit.began(stored.key(), Instant.parse("2026-03-04T05:06:07Z"));

        Response answer = kit.as("acme", PLAY).get(download(stored.sid()));

        String name = "2026-03-04T05-06-07-" + stored.call().value() + "-" + stored.sid() + ".mp3";
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asByteArray()).isEqualTo(stored.bytes());
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + name + "\"; filename*=UTF-8''" + name);
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(SIZE));
        assertThat(answer.header("ETag"))
                .isEqualTo("\"" + stored.object().sha256().hex() + "\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void aStreamStaysInline() {
        Stored stored = kit.ready("acme", 10);

        kit.as("acme", PLAY)
                .get("/api/recordings/" + stored.sid() + "/stream")
                .then()
                .header("Content-Disposition", "inline");
    }

    @Test
    void aBrokenDownloadIsResumed() {
        Stored stored = kit.ready("acme", SIZE);
        String etag = "\"" + stored.object().sha256().hex() + "\"";

        Response rest = kit.as("acme", PLAY)
                .header("Range", "bytes=123456-")
                .header("If-Range", etag)
                .get(download(stored.sid()));

        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.asByteArray()).isEqualTo(Arrays.copyOfRange(stored.bytes(), 123_456, SIZE));
        assertThat(rest.header("Content-Disposition")).startsWith("attachment");
        Response same = kit.as("acme", PLAY).header("If-None-Match", etag).get(download(stored.sid()));
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.header("Content-Disposition")).isNull();
    }

    @Test
    void aCallSidNamesTheDownloadOfItsRecording() {
        Stored stored = kit.ready("acme", 10);

        Response head = kit.as("acme", PLAY).head(download(stored.call().value()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.header("Content-Location")).isEqualTo(download(stored.sid()));
        assertThat(head.header("Content-Disposition"))
                .startsWith("attachment; filename=\"" + stored.call().value());
        assertThat(head.header("Content-Length")).isEqualTo("10");
    }

    @Test
    void whatIsNotThereIsToldAsOnTheStream() {
        given().get(download("nonsense")).then().statusCode(401);
        kit.as("acme", "other").get(download("nonsense")).then().statusCode(400);
        kit.as("acme", "other")
                .get(download(EdgeKit.recordingSid().value()))
                .then()
                .statusCode(403);
        kit.as("acme", PLAY)
                .get(download(kit.ready("globex", 10).sid()))
                .then()
                .statusCode(404)
                .body("code", equalTo("recording-not-found"));
        kit.as("acme", PLAY).get(download(deleted())).then().statusCode(410);
        RecordingKey fetching = kit.row("acme", new RecordingState.Fetching(Lane.INTERACTIVE, Instant.now()));
        String sid = fetching.recordingSid().value();
        kit.as("acme", PLAY)
                .get(download(sid))
                .then()
                .statusCode(202)
                .header("Retry-After", "2")
                .body("links.download", equalTo(download(sid)));
        Response wrong = kit.as("acme", PLAY).post(download(sid));
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    private String deleted() {
        return kit.row("acme", new RecordingState.Deleted()).recordingSid().value();
    }

    private static String download(String sid) {
        return "/api/recordings/" + sid + "/download";
    }
}
