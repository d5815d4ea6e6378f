package dev.earshot.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.edge.Routes.Route;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Nobody can tell another tenant's recording from one that is not there: on every route that the code has, for every kind of
 * caller, the whole answer is the same, byte for byte but for the date and what the caller itself has named; and neither leaves
 * an event, a changed row or a call to the store.
 */
@QuarkusTest
@TestProfile(WatchedStack.Profile.class)
class ForeignRecordingsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SIZE = 5000;
    /** Fixed, so that a failure is seen again; the SIDs differ in each run. */
    private static final Random RANDOM = new Random(20261121);

    private static final String STRANGER = "another tenant";
    private static final String ANY_ACCOUNT = "AC000000000000000000000000000acc3e";

    /**
     * What each route with a body is sent; a route that reads one and is not here fails the test. The bodies are what
     * the route accepts, else nothing behind the check of the body would be walked.
     */
    private static final Map<String, Function<String, String>> BODIES = Map.ofEntries(
            Map.entry(
                    "PUT /api/recordings/{sid}",
                    sid -> "{\"accountSid\":\"" + ANY_ACCOUNT + "\",\"callSid\":\"CA" + "0".repeat(32) + "\"}"),
            Map.entry("POST /api/recordings/{sid}/prefetch", sid -> "{}"),
            Map.entry("POST /api/prefetch", sid -> "{\"sids\":[\"" + sid + "\"]}"),
            Map.entry("POST /api/admin/reconcile", sid -> "{}"),
            Map.entry(
                    "POST /api/admin/backfills",
                    sid -> "{\"accountSid\":\"" + ANY_ACCOUNT
                            + "\",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}"),
            Map.entry(
                    "POST /api/admin/prefetch",
                    sid -> "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}"),
            Map.entry("POST /api/admin/purge", sid -> "{\"tenant\":\"nobody\",\"confirm\":\"nobody\"}"),
            Map.entry("POST /api/admin/dead-letters/replay", sid -> "{\"topic\":\"earshot.fetch-outcomes.v1\"}"),
            Map.entry(
                    "POST /api/admin/redrive",
                    sid -> "{\"recordingSids\":[\"" + (sid.startsWith("RE") ? sid : "RE" + "0".repeat(32)) + "\"]}"),
            Map.entry(
                    "POST /webhooks/twilio/recording-status",
                    sid -> "AccountSid=" + ANY_ACCOUNT + "&RecordingSid=" + sid + "&RecordingStatus=completed"));

    /** The same for the queries that no annotation tells. */
    private static final Map<String, Function<String, String>> QUERIES = Map.ofEntries(
            Map.entry("GET /api/recordings", sid -> "callSid=" + sid),
            Map.entry("HEAD /api/recordings", sid -> "callSid=" + sid),
            Map.entry("POST /api/admin/reconcile", sid -> ""),
            Map.entry("GET /api/admin/failures", sid -> ""),
            Map.entry("HEAD /api/admin/failures", sid -> ""),
            Map.entry("GET /api/admin/storage", sid -> "days=1"),
            Map.entry("HEAD /api/admin/storage", sid -> "days=1"),
            Map.entry("GET /api/admin/recordings/{sid}", sid -> ""),
            Map.entry("HEAD /api/admin/recordings/{sid}", sid -> ""),
            Map.entry("GET /api/admin/dead-letters", sid -> ""),
            Map.entry("HEAD /api/admin/dead-letters", sid -> ""));

    @Inject
    EdgeKit kit;

    @Inject
    Pool pool;

    @ConfigProperty(name = WatchedStack.WATCHED)
    String watched;

    private final String theirs = "foreign-" + UUID.randomUUID();
    private final String ours = "caller-" + UUID.randomUUID();

    @Test
    void aForeignRecordingIsAMissingOneOnEveryRouteForEveryCallerAndWithoutAnEffect() throws IOException {
        List<String> foreign = foreign();
        Map<String, Caller> callers = callers();
        String before = rows();
        long watchedBefore = Files.size(Path.of(watched));
        int asked = 0;
        try (TopicReader topics = new TopicReader()) {
            for (Route route : Routes.all()) {
                for (Map.Entry<String, Caller> caller : callers.entrySet()) {
                    asked += walk(route, caller.getKey(), caller.getValue(), foreign);
                }
            }

            // The owner's click is an event, a changed row and, of what is ready, a call to the store: we would see
            // them.
            assertThat(rows()).as("%s requests changed no row", asked).isEqualTo(before);
            assertThat(watchedSince(watchedBefore)).doesNotContain(theirs).doesNotContain(ours);
            String registered = foreign.get(1);
            Caller owner = bearer(token(theirs, "recordings:play"));
            assertThat(RawHttp.status(ask("GET", stream(registered), owner, "", "")))
                    .isEqualTo(202);
            topics.await("the owner's fetch", "earshot.fetch-requests.v1", theirs + ":" + registered, 1);
            assertThat(topics.naming(theirs, ours))
                    // A caller who administers his own tenant is told of there.
                    .filteredOn(record -> !record.startsWith("earshot.access.v1 " + ours + ":"))
                    .hasSize(1)
                    .allMatch(record -> record.contains("fetch-requests"));
            assertThat(rows()).isNotEqualTo(before);
            assertThat(RawHttp.status(ask("GET", stream(foreign.get(0)), owner, "", "")))
                    .isEqualTo(200);
            assertThat(watchedSince(watchedBefore)).contains(theirs);
            topics.await("the owner's access", "earshot.access.v1", theirs + ":" + foreign.get(0), 1);
        }
        assertThat(asked).isGreaterThan(200);
    }

    /** What a tenant registers under its own account is its own, whoever else has that SID. */
    @Test
    void aForeignSidIsRegisteredAsAnUnknownOne() {
        RecordingKey foreign = kit.row("globex", new RecordingState.Registered());
        String before = rowsOf("globex", foreign.recordingSid().value());
        Caller writer = bearer(token("acme", "recordings:write"));

        String one = register(writer, foreign.recordingSid().value());
        String other = register(writer, EdgeKit.recordingSid().value());

        assertThat(RawHttp.status(one)).isEqualTo(201);
        assertThat(one).isEqualTo(other);
        assertThat(rowsOf("globex", foreign.recordingSid().value())).isEqualTo(before);
    }

    private String register(Caller writer, String sid) {
        return comparable(
                ask(
                        "PUT",
                        "/api/recordings/" + sid,
                        writer,
                        BODIES.get("PUT /api/recordings/{sid}").apply(sid),
                        ""),
                sid);
    }

    /** One of each kind, the ready one first and the registered one second; at the end a call's SID. */
    private List<String> foreign() {
        List<String> sids = new ArrayList<>();
        Stored ready = kit.ready(theirs, SIZE);
        sids.add(ready.sid());
        Instant later = Instant.now().plusSeconds(3600);
        for (RecordingState state : List.of(
                new RecordingState.Registered(),
                new RecordingState.Failed(FailureReason.UPSTREAM_ERROR, false, later),
                new RecordingState.Failed(FailureReason.ABSENT, true, later),
                new RecordingState.Evicted(),
                new RecordingState.Deleted())) {
            sids.add(kit.row(theirs, state).recordingSid().value());
        }
        sids.add(ready.call().value());
        return sids;
    }

    /** The header's line with a token, or nothing; and the query with a ticket, or nothing. */
    private record Caller(String authorization, String query) {}

    private Map<String, Caller> callers() {
        Stored own = kit.ready(ours, SIZE);
        Stored sibling = kit.ready(theirs, SIZE);
        Map<String, Caller> callers = new LinkedHashMap<>();
        callers.put("none", new Caller("", ""));
        callers.put("a bad token", bearer("rubbish"));
        callers.put(
                "a token for another service",
                bearer(kit.token(Map.of("tenant", ours, "roles", List.of("recordings:play"), "audience", "other"))));
        callers.put(STRANGER, bearer(token(ours, "recordings:play", "recordings:write", "recordings:admin")));
        callers.put(STRANGER + " who only plays", bearer(token(ours, "recordings:play")));
        callers.put("no role", bearer(token(ours)));
        callers.put("its own tenant without a role", bearer(token(theirs)));
        callers.put("no tenant", bearer(kit.token(Map.of("roles", List.of("recordings:play", "recordings:admin")))));
        callers.put("a ticket of another tenant's recording", ticket(ours, own.sid()));
        callers.put("a ticket of its own tenant's other recording", ticket(theirs, sibling.sid()));
        return callers;
    }

    private Caller ticket(String tenant, String sid) {
        String url = kit.as(tenant, "recordings:play")
                .post("/api/recordings/" + sid + "/playback-ticket")
                .then()
                .statusCode(201)
                .extract()
                .path("url");
        return new Caller("", url.substring(url.indexOf('?') + 1));
    }

    private String token(String tenant, String... roles) {
        return kit.token(Map.of("tenant", tenant, "roles", List.of(roles)));
    }

    private static Caller bearer(String token) {
        return new Caller("Authorization: Bearer " + token + "\r\n", "");
    }

    /** @return how many requests were made */
    private int walk(Route route, String who, Caller caller, List<String> foreign) {
        // Whoever has no tenant of his own, or no role, gets no further than his credentials: two of them tell as much.
        List<String> some = who.startsWith(STRANGER)
                ? foreign
                : List.of(foreign.getFirst(), foreign.get(RANDOM.nextInt(1, foreign.size())));
        List<Pair> pairs = some.stream().map(sid -> begin(route, caller, sid)).toList();
        for (Pair pair : pairs) {
            String one = pair.one().join();
            String other = pair.other().join();

            assertThat(one).as("%s as %s, with %s", route, who, pair.headers()).isEqualTo(other);
            assertThat(RawHttp.status(one)).as("%s as %s", route, who).isBetween(200, 499);
            if (route.isParameterised()) {
                assertThat(RawHttp.status(one)).as("%s as %s", route, who).isGreaterThanOrEqualTo(400);
            }
        }
        return 2 * pairs.size();
    }

    /** What is answered, as it may be compared: of the foreign one, and of the missing one. */
    private record Pair(String headers, CompletableFuture<String> one, CompletableFuture<String> other) {}

    private Pair begin(Route route, Caller caller, String sid) {
        String missing = sid.startsWith("CA")
                ? "CA" + EdgeKit.hex()
                : EdgeKit.recordingSid().value();
        String headers = headers();
        return new Pair(headers, begin(route, caller, sid, headers), begin(route, caller, missing, headers));
    }

    private static CompletableFuture<String> begin(Route route, Caller caller, String sid, String headers) {
        return RawHttp.begin(request(route, caller, sid, headers)).thenApply(answer -> comparable(answer, sid));
    }

    private static String request(Route route, Caller caller, String sid, String headers) {
        Function<String, String> told = QUERIES.get(route.toString());
        if (route.readsQuery() && told == null) {
            throw new AssertionError("QUERIES must tell what " + route + " is asked with");
        }
        String query = told != null
                ? told.apply(sid)
                : route.queryParameters().stream()
                        .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("sid"))
                        .map(name -> name + "=" + sid)
                        .collect(Collectors.joining("&"));
        return request(
                route.method(),
                route.path(sid) + (query.isEmpty() ? "" : "?" + query),
                caller,
                body(route, sid),
                headers);
    }

    private static String body(Route route, String sid) {
        Function<String, String> body = BODIES.get(route.toString());
        if (route.hasBody() && body == null) {
            throw new AssertionError("BODIES must tell what " + route + " is sent");
        }
        return body == null ? "" : body.apply(sid);
    }

    private static String ask(String method, String target, Caller caller, String body, String headers) {
        return RawHttp.exchange(request(method, target, caller, body, headers));
    }

    private static String request(String method, String target, Caller caller, String body, String headers) {
        String query = caller.query().isEmpty() ? "" : (target.contains("?") ? "&" : "?") + caller.query();
        String type = body.isEmpty()
                ? ""
                : "Content-Type: " + (body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                        + "\r\n";
        return RawHttp.request(method, target + query, caller.authorization() + type + headers, body);
    }

    /** Any of what players and caches send, by chance. */
    private String headers() {
        long size = RANDOM.nextLong(1, 2L * SIZE);
        List<String> some = List.of(
                "",
                "Range: bytes=0-1\r\n",
                "Range: bytes=" + size + "-\r\n",
                "Range: bytes=-" + size + "\r\n",
                "Range: bytes=0-0,5-9\r\n",
                "Range: bytes=" + size + "-1\r\nIf-Range: \"x\"\r\n",
                "If-None-Match: *\r\n",
                "If-Match: \"x\"\r\n",
                "If-Modified-Since: Wed, 04 Mar 2026 05:06:07 GMT\r\n",
                "Prefer: wait=1\r\n",
                "Origin: " + WatchedStack.Profile.ORIGIN + "\r\n",
                "traceparent: 00-" + EdgeKit.hex() + "-" + EdgeKit.hex().substring(16) + "-01\r\n",
                "X-Tenant: " + theirs + "\r\n");
        // Waiting is honoured for what exists only; one in each walk is enough of a second each.
        String header = some.get(RANDOM.nextInt(some.size()));
        return header.startsWith("Prefer") && RANDOM.nextInt(4) > 0 ? "" : header;
    }

    /** Without what may differ: the date, the pause that an event stream draws by lot, and the SID that the caller has named. */
    private static String comparable(String answer, String sid) {
        return answer.replaceAll("(?im)^date: [^\r]*\r\n", "")
                .replaceAll("(?m)^retry: [0-9]+$", "")
                .replaceAll("\"(registeredAt|createdAt|updatedAt)\":\"[^\"]*\"", "")
                .replace(sid, "{sid}");
    }

    private static String stream(String sid) {
        return "/api/recordings/" + sid + "/stream";
    }

    private String rows() {
        return rowsOf(theirs, "%") + rowsOf(ours, "%");
    }

    private String rowsOf(String tenant, String sid) {
        StringBuilder rows = new StringBuilder();
        for (Row row : pool.preparedQuery("select r::text from recording r where tenant = $1 and recording_sid like $2"
                        + " order by recording_sid")
                .execute(Tuple.of(tenant, sid))
                .await()
                .atMost(PATIENCE)) {
            rows.append(row.getString(0)).append('\n');
        }
        return rows.toString();
    }

    private String watchedSince(long position) throws IOException {
        byte[] all = Files.readAllBytes(Path.of(watched));
        return new String(
                all, (int) position, all.length - (int) position, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
