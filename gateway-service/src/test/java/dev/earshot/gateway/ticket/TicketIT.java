package dev.earshot.gateway.ticket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.delivery.ElsewhereProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.Lifecycle;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** Tickets on the real gateway, with its access log on. */
@QuarkusTest
@TestProfile(ElsewhereProfile.class)
@QuarkusTestResource(LocalStack.class)
class TicketIT {
    private static final String PLAY = "recordings:play";
    /** Whose audio comes through the gateway. */
    private static final String OURS = ElsewhereProfile.PROXIED;

    private static final String THEIRS = "acme";
    private static final int SIZE = 5000;
    private static final String PUBLIC = "https://earshot.example";

    @Inject
    EdgeKit kit;

    @Inject
    Tickets tickets;

    @Inject
    Lifecycle lifecycle;

    @Inject
    Vertx vertx;

    @Test
    void aTicketPlaysItsRecordingWithoutAToken() {
        Stored stored = kit.ready(OURS, SIZE);
        Instant before = Instant.now();

        Response issued = issue(OURS, stored.sid());

        assertThat(issued.statusCode()).isEqualTo(201);
        assertThat(issued.header("Cache-Control")).isEqualTo("no-store");
        assertThat(issued.header("Location")).isNull();
        String url = issued.path("url");
        assertThat(url).startsWith(PUBLIC + stream(stored.sid()) + "?ticket=");
        // EdgeKit's audio is one second long.
        assertThat(Instant.parse(issued.path("expiresAt")))
                .isBetween(before.plusSeconds(15 * 60), Instant.now().plusSeconds(15 * 60 + 1));
        Response whole = bare().get(local(url));
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.asByteArray()).isEqualTo(stored.bytes());
        assertThat(whole.headers().getValues("Cross-Origin-Resource-Policy")).containsExactly("cross-origin");
        Response part = bare().header("Range", "bytes=10-19").get(local(url));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(stored.bytes(), 10, 20));
        bare().header("Range", "bytes=" + SIZE + "-").get(local(url)).then().statusCode(416);
        bare().head(local(url)).then().statusCode(200).header("Content-Length", String.valueOf(SIZE));
    }

    @Test
    void aCallSidsTicketIsForItsRecordingAlone() {
        Stored stored = kit.ready(OURS, 10);

        String url = issue(OURS, stored.call().value()).path("url");

        assertThat(url).contains(stream(stored.sid()));
        bare().get(local(url)).then().statusCode(200);
        refused(bare().get(local(url).replace(stored.sid(), stored.call().value())), "ticket-invalid");
    }

    @Test
    void theTicketNamesWhoAskedForIt() {
        Stored stored = kit.ready(OURS, 10);
        String token = kit.token(Map.of("tenant", OURS, "roles", List.of(PLAY), "subject", "agent-7"));

        String url = given().auth().oauth2(token).post(ticketOf(stored.sid())).path("url");

        assertThat(tickets.verify(url.substring(url.indexOf('=') + 1), stored.sid(), Instant.now()))
                .isInstanceOfSatisfying(Tickets.Verdict.Valid.class, valid -> {
                    assertThat(valid.ticket().subject()).isEqualTo("agent-7");
                    assertThat(valid.ticket().recording()).isEqualTo(stored.key());
                });
    }

    @Test
    void aTicketMayBeTakenBeforeTheAudioIsThere() {
        RecordingKey key = kit.row(OURS, new RecordingState.Fetching(Lane.INTERACTIVE, Instant.now()));

        String url = issue(OURS, key.recordingSid().value()).path("url");

        bare().get(local(url)).then().statusCode(202);
    }

    @Test
    void whoMayNotListenGetsNone() {
        Stored foreign = kit.ready(THEIRS, 10);

        Response theirs = issue(OURS, foreign.sid());
        Response nobodys = issue(OURS, EdgeKit.recordingSid().value());

        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(theirs.asString()).isEqualTo(nobodys.asString());
        assertThat(EdgeKit.fields(theirs)).isEqualTo(EdgeKit.fields(nobodys));
        given().post(ticketOf(foreign.sid())).then().statusCode(401).body("code", equalTo("unauthenticated"));
        kit.as(OURS, "recordings:write").post(ticketOf(foreign.sid())).then().statusCode(403);
        kit.as(OURS, PLAY).post(ticketOf("nonsense")).then().statusCode(400);
        kit.as(OURS, PLAY).get(ticketOf(foreign.sid())).then().statusCode(405).header("Allow", "OPTIONS, POST");
    }

    @Test
    void anExpiredTicketSaysSo() {
        Stored stored = kit.ready(OURS, 10);

        refused(bare().get(with(stored.sid(), sign(stored.key(), Instant.now().minusSeconds(1)))), "ticket-expired");
        refused(
                bare().get(with(
                        EdgeKit.recordingSid().value(),
                        sign(stored.key(), Instant.now().minusSeconds(1)))),
                "ticket-invalid");
    }

    @Test
    void whatIsNoTicketForThisRecordingIsRefusedAlike() {
        Stored stored = kit.ready(OURS, 10);
        Stored other = kit.ready(OURS, 10);
        String good = sign(stored.key(), Instant.now().plusSeconds(60));

        Response forged = bare().get(with(stored.sid(), good.substring(0, good.length() - 4) + "AAAA"));
        refused(forged, "ticket-invalid");
        assertThat(forged.header("WWW-Authenticate")).isEqualTo("Bearer");
        for (String target : new String[] {
            with(other.sid(), good),
            with(EdgeKit.recordingSid().value(), good),
            with("nonsense", good),
            with(stored.sid(), ""),
            with(stored.sid(), "a.b.c"),
            with(stored.sid(), good + "&ticket=" + good),
            with(stored.sid(), good.replace('.', '~'))
        }) {
            Response answer = bare().get(target);
            refused(answer, "ticket-invalid");
            assertThat(answer.asString()).isEqualTo(forged.asString());
        }
    }

    @Test
    void aTicketIsUselessElsewhere() {
        Stored stored = kit.ready(OURS, 10);
        String query = "?ticket=" + sign(stored.key(), Instant.now().plusSeconds(60));

        refused(bare().get("/api/recordings/" + stored.sid() + query), "unauthenticated");
        refused(bare().post(ticketOf(stored.sid()) + query), "unauthenticated");
        refused(
                bare().contentType("application/json").body("{}").put("/api/recordings/" + stored.sid() + query),
                "unauthenticated");
        assertThat(bare().post(stream(stored.sid()) + query).statusCode()).isEqualTo(405);
        String asToken = query.substring("?ticket=".length());
        given().auth().oauth2(asToken).get(stream(stored.sid())).then().statusCode(401);
    }

    @Test
    void aBearerTokenBesideATicketDecides() {
        Stored stored = kit.ready(OURS, 10);
        String good = with(stored.sid(), sign(stored.key(), Instant.now().plusSeconds(60)));
        String stale = with(stored.sid(), sign(stored.key(), Instant.now().minusSeconds(60)));

        kit.as(OURS, PLAY).get(stale).then().statusCode(200);
        kit.as(THEIRS, PLAY).get(good).then().statusCode(404);
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2("rubbish")
                .get(good)
                .then()
                .statusCode(401);
        // A proxy's own credentials are none of ours.
        bare().header("Authorization", "Basic YTpi").get(good).then().statusCode(200);
    }

    @Test
    void aDeleteEndsItAtOnce() {
        Stored stored = kit.ready(OURS, 10);
        String url = local(issue(OURS, stored.sid()).path("url"));
        bare().get(url).then().statusCode(200);

        assertThat(OnVertx.get(vertx, () -> lifecycle.delete(stored.key()))).isTrue();

        refused(410, bare().get(url), "recording-deleted");
        refused(410, issue(OURS, stored.sid()), "recording-deleted");
    }

    @Test
    void noLogAndNoMetricAndNoRefererTellsIt() throws IOException {
        Stored stored = kit.ready(OURS, 10);
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler capture = new Capture(lines);
        Logger root = Logger.getLogger("");
        root.addHandler(capture);
        String secret;
        try {
            String url = local(issue(OURS, stored.sid()).path("url"));
            secret = url.substring(url.indexOf('=') + 1);
            for (String target : new String[] {
                url,
                url + "x",
                url.replace(stored.sid(), EdgeKit.recordingSid().value()),
                url.replace("/stream", "/nowhere"),
                with(stored.sid(), sign(stored.key(), Instant.now().minusSeconds(1)))
            }) {
                Response answer = bare().get(target);
                assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
                assertThat(answer.headers().toString()).doesNotContain(secret.substring(0, 40));
            }
            assertThat(raw(url + "&a=%zz")).startsWith("HTTP/1.1 4").doesNotContain(secret.substring(0, 40));
            OnVertx.until(
                    "the access log",
                    () -> lines.stream()
                                    .filter(line -> line.contains("/stream"))
                                    .count()
                            >= 4);
        } finally {
            root.removeHandler(capture);
        }
        assertThat(lines)
                .anyMatch(line -> line.contains(stream(stored.sid())))
                .noneMatch(line -> line.contains(secret.substring(0, 40)) || line.contains("ticket="));
        assertThat(given().get("http://localhost:"
                                + ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class)
                                + "/q/metrics")
                        .asString())
                .contains("earshot_tickets_issued_total")
                .doesNotContain(secret.substring(0, 40))
                .doesNotContain(stored.sid());
    }

    /** The answer to a request that no client library sends: its query cannot be decoded. */
    private static String raw(String target) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Response issue(String tenant, String sid) {
        return kit.as(tenant, PLAY).post(ticketOf(sid));
    }

    private String sign(RecordingKey key, Instant expiresAt) {
        return tickets.sign(new Ticket(key, "tester", expiresAt));
    }

    private static void refused(Response answer, String code) {
        refused(401, answer, code);
    }

    private static void refused(int status, Response answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo(code);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    private static RequestSpecification bare() {
        return given().urlEncodingEnabled(false);
    }

    private static String local(String url) {
        return url.substring(PUBLIC.length());
    }

    private static String with(String sid, String ticket) {
        return stream(sid) + "?ticket=" + ticket;
    }

    private static String stream(String sid) {
        return "/api/recordings/" + sid + "/stream";
    }

    private static String ticketOf(String sid) {
        return "/api/recordings/" + sid + "/playback-ticket";
    }

    /** Takes every line as it would be written, its causes too. */
    private static final class Capture extends Handler {
        private final Queue<String> lines;

        Capture(Queue<String> lines) {
            this.lines = lines;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord logged) {
            StringBuilder line = new StringBuilder(
                    logged instanceof ExtLogRecord own
                            ? own.getFormattedMessage()
                            : String.valueOf(logged.getMessage()));
            for (Throwable cause = logged.getThrown(); cause != null; cause = cause.getCause()) {
                line.append(' ').append(cause);
            }
            lines.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
