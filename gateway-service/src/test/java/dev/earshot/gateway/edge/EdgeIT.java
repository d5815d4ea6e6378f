package dev.earshot.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.problem.AllowedMethods;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds at the edge for every route, whatever is sent to it. */
@QuarkusTest
@TestProfile(WatchedStack.Profile.class)
class EdgeIT {
    private static final String ORIGIN = WatchedStack.Profile.ORIGIN;
    private static final String SID = "RE00000000000000000000000000000000";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "BREW");
    private static final Pattern INTERNALS = Pattern.compile(
            "(?i)exception|\\tat |java\\.|jakarta|quarkus|vertx|netty|jackson|hibernate|stack ?trace|NullPointer");

    @Inject
    EdgeKit kit;

    static Stream<String> templates() {
        return Routes.byTemplate().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void anyOtherMethodIs405WithTheRightAllow(String template) {
        String path = path(template);
        for (String method : METHODS) {
            if (!Routes.byTemplate().get(template).contains(method)) {
                String answer = RawHttp.exchange(RawHttp.request(method, path, "", ""));

                assertThat(answer).as("%s %s", method, path).startsWith("HTTP/1.1 405 ");
                assertThat(header(answer, "Allow")).as("%s %s", method, path).isEqualTo(AllowedMethods.of(path));
                assertProtected(answer);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void optionsAndPreflightsNeedNoCredentials(String template) {
        String path = path(template);

        given().options(path)
                .then()
                .statusCode(204)
                .header("Allow", AllowedMethods.of(path))
                .header("Access-Control-Allow-Methods", nullValue());
        given().header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,range")
                .options(path)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", ORIGIN)
                .header("Access-Control-Allow-Methods", AllowedMethods.of(path))
                .header("Access-Control-Allow-Headers", containsString("Authorization"))
                .header("Access-Control-Allow-Headers", containsString("Range"))
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Access-Control-Max-Age", "7200");
        given().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET")
                .options(path)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Methods", nullValue());
    }

    @Test
    void aPageOfAnAllowedOriginMayReadWhatItNeeds() {
        Stored stored = kit.ready("acme", 100);

        Response part = kit.as("acme", "recordings:play")
                .header("Origin", ORIGIN)
                .header("Range", "bytes=0-1")
                .get(stream(stored.sid()));

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(part.headers().getValues("Vary")).contains("Origin");
        assertThat(part.header("Access-Control-Expose-Headers").split(", "))
                .contains(
                        "Content-Range",
                        "Accept-Ranges",
                        "ETag",
                        "Retry-After",
                        "Content-Disposition",
                        "Preference-Applied",
                        "Content-Location");
        given().header("Origin", ORIGIN)
                .get(stream(SID))
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", ORIGIN);
        kit.as("acme", "recordings:play")
                .header("Origin", "https://evil.example")
                .get(stream(stored.sid()))
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void everyKindOfAnswerIsProtected() {
        Stored stored = kit.ready("acme", 100);
        String token = "Authorization: Bearer "
                + kit.token(Map.of("tenant", "acme", "roles", List.of("recordings:play"))) + "\r\n";

        for (String[] each : new String[][] {
            {"200", "GET", stream(stored.sid()), token},
            {"206", "GET", stream(stored.sid()), token + "Range: bytes=0-1\r\n"},
            {"304", "GET", stream(stored.sid()), token + "If-None-Match: *\r\n"},
            {"416", "GET", stream(stored.sid()), token + "Range: bytes=100-\r\n"},
            {"412", "GET", stream(stored.sid()), token + "If-Match: \"x\"\r\n"},
            {"200", "HEAD", stream(stored.sid()), token},
            {"200", "GET", "/api/recordings/" + stored.sid(), token},
            {"400", "GET", stream("nonsense"), token},
            {"401", "GET", stream(stored.sid()), ""},
            {"404", "GET", stream(SID), token},
            {"404", "GET", "/", ""},
            {"404", "GET", "/nowhere", ""},
            {"404", "OPTIONS", "/nowhere", ""},
        }) {
            String answer = RawHttp.exchange(RawHttp.request(each[1], each[2], each[3], ""));

            assertThat(answer).as(String.join(" ", each)).startsWith("HTTP/1.1 " + each[0] + " ");
            assertProtected(answer);
        }
    }

    /** The head is sent in full and the body is not: whoever waits for it before refusing never answers. */
    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedBeforeItComes() {
        for (String path : new String[] {"/api/recordings/" + SID, "/webhooks/twilio/recording-status"}) {
            String method = path.startsWith("/webhooks") ? "POST" : "PUT";
            String answer = RawHttp.exchange(
                    method + " " + path
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n");

            assertProblem(answer, 413, "body-too-large");
            assertThat(header(answer, "Connection")).isEqualToIgnoringCase("close");
        }
    }

    @Test
    void aBodyThatGrowsTooLargeIsRefused() {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String answer = RawHttp.exchange("POST /webhooks/twilio/recording-status HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(40) + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertThat(INTERNALS.matcher(answer).find()).isFalse();
    }

    @Test
    void whatIsTooLongIsRefusedByTheServerItself() {
        assertBare("GET /api/recordings/" + "x".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414);
        assertBare("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n", 431);
        assertBare("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X-Many: x\r\n".repeat(4000) + "\r\n", 431);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/%00/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/%ff%fe/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/..%2f..%2fq/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET //api//recordings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/recordings?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/x/stream?ticket=%c3%28 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET api HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET http://evil.example/api/recordings/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "TRACE /api/recordings/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nno colon here\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: rubbish\r\nConnection: close\r\n\r\n",
                "POST /webhooks/twilio/recording-status HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
                "POST /webhooks/twilio/recording-status HTTP/1.1\r\nHost: localhost\r\nContent-Type: \u0001/;;\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
                "POST /webhooks/twilio/recording-status HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=nonsense\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
                "POST /webhooks/twilio/recording-status HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nConnection: close\r\n\r\n%zz",
                "PUT /api/recordings/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5\r\nConnection: close\r\n\r\n{\"a\":",
                "GET /api/recordings/x/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: \u00ff\u00fe\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/x/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a.b.c\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/x/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a..b.c.d\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/x/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ....\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/x/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ..\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/x/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer eyJhbGciOiJub25lIn0.e30.\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/x/stream HTTP/1.1\r\nHost: localhost\r\nAccept: /;q=x\r\nConnection: close\r\n\r\n",
                "GET /api/recordings/x/stream HTTP/1.1\r\nHost: localhost\r\nCookie: =;;=\u0001\r\nConnection: close\r\n\r\n",
                "\r\n\r\n\r\nrubbish\r\n\r\n",
            })
    void whatIsMalformedIsRefusedAndTellsNothingOfTheInside(String request) {
        String answer = RawHttp.exchange(request);

        assertThat(INTERNALS.matcher(answer).find()).as(answer).isFalse();
        if (!answer.isEmpty()) {
            assertThat(RawHttp.status(answer)).as(answer).matches(status -> status / 100 == 4 || status == 501);
            if (!body(answer).isEmpty()) {
                assertThat(header(answer, "Content-Type")).as(answer).isEqualTo("application/problem+json");
                assertProtected(answer);
            }
        }
    }

    /** With credentials, so that it is the resources that meet it. */
    @ParameterizedTest
    @MethodSource("templates")
    void rubbishThatIsSignedInIsRefusedToo(String template) {
        String token = "Authorization: Bearer "
                + kit.token(Map.of(
                        "tenant",
                        "rubbish-" + UUID.randomUUID(),
                        "roles",
                        List.of("recordings:play", "recordings:write", "recordings:admin")))
                + "\r\nContent-Type: application/json\r\n";
        record Asked(String request, CompletableFuture<String> answer) {}
        List<Asked> all = new ArrayList<>();
        for (String method : Routes.byTemplate().get(template)) {
            for (String target : List.of(
                    template.replaceAll("\\{[^}]+}", "%00"),
                    path(template) + "?sid=%ff&limit=99999999999999999999&state=%22&from=never&cursor=%00",
                    template.replaceAll("\\{[^}]+}", "x".repeat(4000)))) {
                for (String body : List.of("", "{", "[[[[[[", "{\"sids\":[null,1e999]}", "\u0000")) {
                    String request = RawHttp.request(method, target, token, body);
                    all.add(new Asked(request, RawHttp.begin(request)));
                }
            }
        }
        for (Asked asked : all) {
            String answer = asked.answer().join();

            assertThat(INTERNALS.matcher(answer).find()).as(answer).isFalse();
            assertThat(RawHttp.status(answer))
                    .as("%s: %s", asked.request(), answer)
                    .isLessThan(500);
            assertProtected(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q",
                "/q/",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/metrics",
                "/q/openapi",
                "/openapi",
                "/q/swagger-ui",
                "/q/swagger-ui/",
                "/swagger-ui",
                "/metrics",
                "/health",
                "/q/dev-ui",
                "/q/arc"
            })
    void managementIsNotOnThePublicPort(String path) {
        given().redirects().follow(false).get(path).then().statusCode(404).body("code", equalTo("not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/metrics", "/openapi", "/q/swagger-ui/"})
    void managementIsOnAPortOfItsOwn(String path) {
        String management =
                "http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);

        given().get(management + path).then().statusCode(200);
        given().get(management + "/api/recordings/" + SID).then().statusCode(404);
    }

    @Test
    void aTenantThatAsksTooOftenIsToldWhenToComeAgain() {
        String tenant = "busy-" + UUID.randomUUID();
        String token = "Authorization: Bearer "
                + kit.token(Map.of("tenant", tenant, "roles", List.of("recordings:play"))) + "\r\n";
        String malformed = "GET " + stream("nonsense") + " HTTP/1.1\r\nHost: localhost\r\n" + token;
        int batch = 100;
        for (int asked = 0; asked < WatchedStack.Profile.BURST; asked += batch) {
            String answers =
                    RawHttp.exchange((malformed + "\r\n").repeat(batch - 1) + malformed + "Connection: close\r\n\r\n");
            assertThat(answers.split("HTTP/1.1 400 ", -1)).hasSize(batch + 1);
        }

        // Before 400 and 403, after 401; and nobody else pays.
        String refused = RawHttp.exchange(RawHttp.request("GET", stream("nonsense"), token, ""));
        assertProblem(refused, 429, "rate-limited");
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 60);
        String noRole = "Authorization: Bearer " + kit.token(Map.of("tenant", tenant)) + "\r\n";
        assertProblem(RawHttp.exchange(RawHttp.request("GET", stream(SID), noRole, "")), 429, "rate-limited");
        String unread = "Content-Type: application/json\r\n";
        assertProblem(
                RawHttp.exchange(RawHttp.request("PUT", "/api/recordings/" + SID, token + unread, "{")),
                429,
                "rate-limited");
        assertProblem(RawHttp.exchange(RawHttp.request("GET", stream(SID), "", "")), 401, "unauthenticated");
        kit.as("acme", "recordings:play").get(stream("nonsense")).then().statusCode(400);
        given().contentType("application/x-www-form-urlencoded")
                .body("a=b")
                .post("/webhooks/twilio/recording-status")
                .then()
                .statusCode(403);
    }

    private static void assertProblem(String answer, int status, String code) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(body(answer)).contains("\"code\":\"" + code + "\"");
        assertProtected(answer);
    }

    private static void assertProtected(String answer) {
        assertThat(header(answer, "X-Content-Type-Options")).as(answer).isEqualTo("nosniff");
        assertThat(header(answer, "Referrer-Policy")).as(answer).isEqualTo("no-referrer");
        assertThat(header(answer, "X-Frame-Options")).as(answer).isEqualTo("DENY");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).as(answer).isEqualTo("same-site");
        assertThat(header(answer, "Content-Security-Policy")).as(answer).startsWith("default-src 'none'");
        assertThat(header(answer, "Cache-Control")).as(answer).isNotEmpty();
        assertThat(header(answer, "Server")).as(answer).isEmpty();
    }

    /** No page of the server's: a status and nothing else. */
    private static void assertBare(String request, int status) {
        String answer = RawHttp.exchange(request);

        assertThat(RawHttp.status(answer)).isEqualTo(status);
        assertThat(body(answer)).isEmpty();
    }

    /** The field's value, or nothing. */
    private static String header(String answer, String name) {
        return answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n")))
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String body(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        return end < 0 ? "" : answer.substring(end + 4);
    }

    private static String path(String template) {
        return template.replaceAll("\\{[^}]+}", SID);
    }

    private static String stream(String sid) {
        return "/api/recordings/" + sid + "/stream";
    }
}
