package dev.earshot.gateway.alias;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.delivery.ElsewhereProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.RecordingState;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms that people come from, asked as their clients did. globex's audio comes through the gateway. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(ElsewhereProfile.class)
class AliasIT {
    private static final String PLAY = "recordings:play";
    /** {@code -Dearshot.legacy.factor=1} waits as long as those clients really do. */
    private static final double FACTOR = Double.parseDouble(System.getProperty("earshot.legacy.factor", "0.02"));

    @Inject
    EdgeKit kit;

    @Inject
    MeterRegistry meters;

    @ParameterizedTest
    @CsvSource({
        "/api/calls/CA/download,attachment,download",
        "/api/calls/download/CA,attachment,download",
        "/api/recordings/file/CA,inline,stream",
        "/api/media/recordings/RE,inline,stream",
    })
    void anAliasGivesTheAudioAsItsRouteDoes(String alias, String disposition, String route) {
        Stored stored = kit.ready("globex", 300_000);

        Response whole = as("globex").get(path(alias, stored));
        Response part = as("globex").header("Range", "bytes=100000-").get(path(alias, stored));
        Response head = as("globex").head(path(alias, stored));

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.asByteArray()).isEqualTo(stored.bytes());
        assertThat(whole.header("Content-Disposition")).startsWith(disposition);
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(whole.header("Content-Location"))
                .isEqualTo(alias.contains("CA") ? "/api/recordings/" + stored.sid() + "/" + route : null);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(stored.bytes(), 100_000, 300_000));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("300000");
    }

    @Test
    void anAliasForDataGivesJson() {
        Stored stored = kit.ready("globex", 1000);

        Response answer = as("globex").get("/api/recordings/data/" + stored.sid());

        assertThat(Base64.getDecoder().decode(answer.jsonPath().getString("data")))
                .isEqualTo(stored.bytes());
    }

    @Test
    void anAliasIsRedirectedWhereItsRouteIs() throws IOException, InterruptedException {
        Stored stored = kit.ready("acme", 10);

        Response answer = as("acme")
                .redirects()
                .follow(false)
                .get("/api/calls/" + stored.call().value() + "/download");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(answer.header("Location")))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(stored.bytes());
    }

    /** 401 before 400, 400 before 403, 403 before 404, and the same bytes and headers each time. */
    @ParameterizedTest
    @CsvSource({
        "/api/calls/SID/download,download",
        "/api/calls/download/SID,download",
        "/api/recordings/file/SID,stream",
        "/api/media/recordings/SID,stream",
        "/api/recordings/data/SID,data",
    })
    void aRefusalIsTheRoutesOwn(String alias, String route) {
        String unknown = EdgeKit.recordingSid().value();
        String theirs = kit.ready("acme", 10).sid();
        String deleted =
                kit.row("globex", new RecordingState.Deleted()).recordingSid().value();

        assertSame(401, given().get(alias.replace("SID", "nonsense")), given().get(own("nonsense", route)));
        assertSame(
                400,
                kit.as("globex", "other").get(alias.replace("SID", "nonsense")),
                kit.as("globex", "other").get(own("nonsense", route)));
        assertSame(
                403,
                kit.as("globex", "other").get(alias.replace("SID", unknown)),
                kit.as("globex", "other").get(own(unknown, route)));
        for (String sid : List.of(unknown, theirs)) {
            assertSame(
                    404,
                    as("globex").get(alias.replace("SID", sid)),
                    as("globex").get(own(unknown, route)));
        }
        assertSame(
                410,
                as("globex").get(alias.replace("SID", deleted)),
                as("globex").get(own(deleted, route)));
        assertSame(
                405,
                as("globex").post(alias.replace("SID", unknown)),
                as("globex").post(own(unknown, route)));
    }

    private static void assertSame(int status, Response alias, Response own) {
        assertThat(alias.statusCode()).isEqualTo(status);
        assertThat(own.statusCode()).isEqualTo(status);
        assertThat(alias.asByteArray()).isEqualTo(own.asByteArray());
        assertThat(EdgeKit.fields(alias)).isEqualTo(EdgeKit.fields(own));
    }

    @Test
    void ourOwnRoutesStayWhatTheyAre() {
        Stored stored = kit.ready("globex", 10);

        for (String route : List.of("stream", "download", "data")) {
            as("globex").get(own(stored.sid(), route)).then().statusCode(200);
            as("globex").get("/api/recordings/file/" + route).then().statusCode(400);
        }
        as("globex")
                .get("/api/recordings/" + stored.sid())
                .then()
                .statusCode(200)
                .body("state", equalTo("ready"));
        as("globex").get("/api/recordings/file").then().statusCode(400).body("code", equalTo("malformed-sid"));
        as("globex").get("/api/calls/" + stored.sid()).then().statusCode(404).body("code", equalTo("not-found"));
    }

    @Test
    void aClientThatRepeatsNothingBut404IsTold404() {
        Stored stored = kit.ready("globex", 10);
        kit.fetching(stored);

        as("globex")
                .get("/api/calls/" + stored.call().value() + "/download")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Retry-After", "2")
                .header("Cache-Control", "no-store")
                .header("Content-Location", own(stored.sid(), "download"))
                .body("code", equalTo("recording-not-ready"))
                .body("retryable", equalTo(true))
                .body("recordingSid", equalTo(stored.sid()))
                .body("state", equalTo("fetching"))
                .body("links.download", equalTo(own(stored.sid(), "download")));
        as("globex")
                .get("/api/calls/download/" + stored.call().value())
                .then()
                .statusCode(202)
                .header("Retry-After", notNullValue());
        as("globex").get(own(stored.sid(), "download")).then().statusCode(202);
    }

    @Test
    void aClientThatRepeatsOn404GetsTheAudio() {
        Stored stored = kit.ready("globex", 50_000);
        kit.fetching(stored);
        List<Duration> waits =
                Stream.of(3, 5, 8, 12, 20).map(Duration::ofSeconds).toList();
        LegacyClient client = new LegacyClient(404, waits, FACTOR);

        Response answer = client.fetch(
                () -> as("globex").get("/api/calls/" + stored.call().value() + "/download"),
                misses -> arrivesAfter(3, misses, stored));

        assertThat(client.statuses()).containsExactly(404, 404, 404, 200);
        assertThat(answer.asByteArray()).isEqualTo(stored.bytes());
    }

    /** For five tries; what never comes is honestly not there, and the client gives up as it always did. */
    @Test
    void aClientThatRepeatsOn404GivesUpByItself() {
        LegacyClient client = new LegacyClient(404, Collections.nCopies(5, Duration.ofMillis(1)), 1);

        client.fetch(
                () -> as("globex").get("/api/calls/" + EdgeKit.recordingSid().value() + "/download"), misses -> {});

        assertThat(client.statuses()).containsExactly(404, 404, 404, 404, 404, 404);
    }

    @ParameterizedTest
    @CsvSource({"/api/recordings/file/CA", "/api/media/recordings/RE", "/api/calls/download/CA"})
    void aClientThatRepeatsOn202GetsTheAudio(String alias) {
        Stored stored = kit.ready("globex", 50_000);
        kit.fetching(stored);
        LegacyClient client = new LegacyClient(202, Collections.nCopies(30, Duration.ofSeconds(2)), FACTOR);

        Response answer =
                client.fetch(() -> as("globex").get(path(alias, stored)), misses -> arrivesAfter(4, misses, stored));

        assertThat(client.statuses()).containsExactly(202, 202, 202, 202, 200);
        assertThat(answer.asByteArray()).isEqualTo(stored.bytes());
    }

    @Test
    void aHeldAnswerIsHeldThroughAnAliasToo() {
        Stored stored = kit.ready("globex", 10);
        kit.fetching(stored);

        as("globex")
                .header("Prefer", "wait=1")
                .get("/api/calls/" + stored.call().value() + "/download")
                .then()
                .statusCode(404)
                .header("Preference-Applied", "wait=1");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/calls/%zz/download,400",
        "/api/calls/%/download,400",
        "/api/calls/../download,404",
        "/api/calls//download,404",
        "nonsense,404"
    })
    void aPathThatIsNoneFailsAsItWould(String path, int status) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    /** A label for each SID would fill the memory of whoever collects metrics. */
    @Test
    void metricsNameTheRouteAndNoRecording() {
        String alias = "/api/calls/" + kit.ready("globex", 10).sid() + "/download";
        as("globex").get(alias).then().statusCode(200);
        given().get(alias).then().statusCode(401);
        as("globex").post(alias).then().statusCode(405);
        as("globex").options(alias);
        as("globex").get("/api/media/recordings/nonsense").then().statusCode(400);

        List<String> uris = meters.find("http.server.requests").timers().stream()
                .map(timer -> String.valueOf(timer.getId().getTag("uri")))
                .toList();

        assertThat(uris).contains("/api/recordings/{sid}/download");
        assertThat(uris).noneMatch(uri -> uri.matches(".*(?:RE|CA)[0-9a-f]{32}.*") || uri.contains("nonsense"));
    }

    private void arrivesAfter(int enough, int misses, Stored stored) {
        if (misses == enough) {
            kit.arrived(stored);
        }
    }

    private RequestSpecification as(String tenant) {
        return kit.as(tenant, PLAY);
    }

    private static String path(String alias, Stored stored) {
        return alias.replace("CA", stored.call().value()).replace("RE", stored.sid());
    }

    private static String own(String sid, String route) {
        return "/api/recordings/" + sid + "/" + route;
    }
}
