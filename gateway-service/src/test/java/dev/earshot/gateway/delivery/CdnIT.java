package dev.earshot.gateway.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.Lifecycle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(QuickProfile.class)
class CdnIT {
    private static final String PLAY = "recordings:play";
    private static final int SIZE = 200_000;

    private final HttpClient anybody = HttpClient.newHttpClient();

    @Inject
    EdgeKit kit;

    @Inject
    Lifecycle lifecycle;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "earshot.test.cdn", defaultValue = "none")
    String cdn;

    @Test
    void theCdnGivesTheExactBytesAndRangesToWhoeverFollows() throws Exception {
        Stored stored = kit.ready("acme", SIZE);

        Response answer = redirect(stored, "download");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        URI url = URI.create(answer.header("Location"));
        assertThat(url.toString()).startsWith(cdn + path(stored) + "?expires=");
        HttpResponse<byte[]> whole = follow("GET", url, "");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(stored.bytes());
        assertThat(whole.headers().firstValue("Content-Type")).contains("audio/mpeg");
        assertThat(whole.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment; filename=\""));
        HttpResponse<byte[]> part = follow("GET", url, "bytes=100000-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(stored.bytes(), 100_000, SIZE));
        assertThat(follow("HEAD", url, "").headers().firstValue("Content-Length"))
                .contains(String.valueOf(SIZE));
    }

    @Test
    void theCdnRefusesWhatTheGatewayDidNotSign() throws Exception {
        Stored stored = kit.ready("acme", 10);
        Stored other = kit.ready("acme", 11);

        String url = redirect(stored, "stream").header("Location");

        assertThat(status(url)).isEqualTo(200);
        assertThat(status(url.replace(stored.sid(), other.sid()))).isEqualTo(403);
        assertThat(status(url.replace("expires=", "expires=9"))).isEqualTo(403);
        assertThat(status(url.replace("inline", "attachment"))).isEqualTo(403);
        assertThat(status(url.substring(0, url.indexOf('?')))).isEqualTo(403);
    }

    /** The first two calls fail: what stands between the store's deletion and the CDN's memory is a row, and it comes again. */
    @Test
    void whatIsDeletedIsForgottenByTheCdnTooHoweverOftenItFails() throws Exception {
        Stored stored = kit.ready("acme", SIZE);
        String url = redirect(stored, "stream").header("Location");
        assertThat(status(url)).isEqualTo(200);
        assertThat(control("cached")).contains(path(stored));
        control("fail/2");

        boolean deleted = OnVertx.get(vertx, () -> lifecycle.delete(stored.key()));

        assertThat(deleted).isTrue();
        OnVertx.until("the hook failed twice", () -> control("failing").equals(List.of("0")));
        OnVertx.until("the CDN forgot", () -> control("purged").contains(path(stored)));
        assertThat(control("cached")).doesNotContain(path(stored));
        kit.as("acme", PLAY)
                .get("/api/recordings/" + stored.sid() + "/stream")
                .then()
                .statusCode(410);
        OnVertx.until("the purge is done", () -> !kit.isPurgePending(stored.key()));
    }

    @Test
    void whatIsEvictedIsForgottenByTheCdnToo() throws Exception {
        Stored stored = kit.ready("acme", SIZE);
        assertThat(status(redirect(stored, "stream").header("Location"))).isEqualTo(200);

        boolean evicted = OnVertx.get(vertx, () -> lifecycle.evict(stored.key(), 1));

        assertThat(evicted).isTrue();
        OnVertx.until("the CDN forgot", () -> control("purged").contains(path(stored)));
        assertThat(control("cached")).doesNotContain(path(stored));
    }

    private static String path(Stored stored) {
        return "/audio/" + stored.object().key();
    }

    private Response redirect(Stored stored, String route) {
        return kit.as("acme", PLAY).redirects().follow(false).get("/api/recordings/" + stored.sid() + "/" + route);
    }

    private List<String> control(String what) {
        return given().get(cdn + "/control/" + what).asString().lines().toList();
    }

    private int status(String url) throws IOException, InterruptedException {
        return follow("GET", URI.create(url), "").statusCode();
    }

    private HttpResponse<byte[]> follow(String method, URI url, String range) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody());
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        return anybody.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
