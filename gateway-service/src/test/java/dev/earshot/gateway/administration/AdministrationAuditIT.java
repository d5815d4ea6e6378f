package dev.earshot.gateway.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Administered;
import dev.earshot.events.EventCodec;
import dev.earshot.events.FailureReason;
import dev.earshot.events.Topics;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.Routes;
import dev.earshot.gateway.edge.TopicReader;
import dev.earshot.gateway.edge.WatchedStack;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Whatever is administered is told, as others read it from the topic of the audit. */
@QuarkusTest
@TestProfile(WatchedStack.Profile.class)
class AdministrationAuditIT {
    private static final String WHO = "olga@operators";

    @Inject
    EdgeKit kit;

    private final String tenant = "audit-" + EdgeKit.recordingSid().value().substring(2, 18);

    /** How one route is used, and what is told of it. */
    private record Use(
            String path, String body, String key, Map<String, String> parameters, Map<String, Long> counts) {}

    private Map<String, Use> uses() {
        String sid = kit.row(tenant, new RecordingState.Failed(FailureReason.TRUNCATED, false, Instant.now()))
                .recordingSid()
                .value();
        String span = "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"";
        String mine = "{\"tenant\":\"" + tenant + "\"";
        Map<String, Use> uses = new LinkedHashMap<>();
        uses.put(
                "GET /api/admin/recordings/{sid}",
                new Use("/api/admin/recordings/" + sid, "", ":status", Map.of("sid", sid), Map.of("found", 1L)));
        uses.put(
                "GET /api/admin/failures",
                new Use("/api/admin/failures", "", ":failures", Map.of(), Map.of("total", 1L)));
        uses.put(
                "GET /api/admin/storage",
                new Use("/api/admin/storage", "", ":storage", Map.of("days", "30"), Map.of("recordings", 0L)));
        uses.put(
                "POST /api/admin/redrive",
                new Use(
                        "/api/admin/redrive",
                        mine + ",\"reason\":\"truncated\"}",
                        ":redrive",
                        Map.of("reason", "truncated", "limit", "1000", "dryRun", "false"),
                        Map.of("matched", 1L, "redriven", 1L)));
        uses.put(
                "POST /api/admin/prefetch",
                new Use(
                        "/api/admin/prefetch",
                        mine + "," + span + "}",
                        ":prefetch",
                        Map.of("from", "2026-01-01T00:00:00Z", "anyAge", "false"),
                        Map.of("matched", 0L, "accepted", 0L)));
        uses.put(
                "POST /api/admin/reconcile",
                new Use(
                        "/api/admin/reconcile",
                        mine + "}",
                        ":reconcile",
                        Map.of("fix", "false"),
                        Map.of("findings", 0L)));
        uses.put(
                "POST /api/admin/backfills",
                new Use(
                        "/api/admin/backfills",
                        "{\"accountSid\":\"AC000000000000000000000000000acc3e\"," + span + "}",
                        "*:backfill",
                        Map.of("to", "2026-01-02T00:00:00Z"),
                        Map.of()));
        uses.put(
                "GET /api/admin/dead-letters",
                new Use(
                        "/api/admin/dead-letters?topic=" + Topics.LISTING_REQUESTS,
                        "",
                        "*:dead-letters",
                        Map.of("topic", Topics.LISTING_REQUESTS, "limit", "50"),
                        Map.of()));
        uses.put(
                "POST /api/admin/dead-letters/replay",
                new Use(
                        "/api/admin/dead-letters/replay",
                        "{\"topic\":\"" + Topics.LISTING_REQUESTS + "\",\"dryRun\":true}",
                        "*:replay",
                        Map.of("topic", Topics.LISTING_REQUESTS, "dryRun", "true"),
                        Map.of("replayed", 0L)));
        uses.put(
                "POST /api/admin/purge",
                new Use(
                        "/api/admin/purge",
                        mine + ",\"confirm\":\"" + tenant + "\"}",
                        ":purge",
                        Map.of("limit", "1000", "dryRun", "false"),
                        Map.of("deleted", 1L, "remaining", 0L)));
        return uses;
    }

    @Test
    void eachActionIsToldOnceWithWhoWhatAndWhatCameOfIt() throws Exception {
        Map<String, Use> uses = uses();
        try (TopicReader topics = new TopicReader()) {
            for (Map.Entry<String, Use> each : uses.entrySet()) {
                Use use = each.getValue();
                ask(each.getKey(), use);
                Administered told = told(topics, use.key().startsWith("*") ? use.key() : tenant + use.key(), 1);

                assertThat(told.subject()).as(each.getKey()).isEqualTo(WHO);
                assertThat(told.outcome()).as(each.getKey()).isEqualTo(Administered.DONE);
                assertThat(told.parameters()).as(each.getKey()).containsAllEntriesOf(use.parameters());
                assertThat(told.counts()).as(each.getKey()).containsAllEntriesOf(use.counts());
            }
        }
    }

    /** Who follows a backfill asks each second how far it is; that it began is told. */
    @Test
    void noRouteOfAdministratorsIsLeftOut() {
        assertThat(new TreeSet<>(uses().keySet()))
                .isEqualTo(new TreeSet<>(Routes.all().stream()
                        .map(Routes.Route::toString)
                        .filter(route -> route.contains(" /api/admin/"))
                        .filter(route -> !route.startsWith("HEAD") && !route.endsWith("/backfills/{id}"))
                        .toList()));
    }

    @Test
    void whatIsRefusedIsToldWithTheCodeOfTheAnswer() throws Exception {
        String unknown = EdgeKit.recordingSid().value();
        try (TopicReader topics = new TopicReader()) {
            operator()
                    .get("/api/admin/recordings/" + unknown + "?tenant=" + tenant)
                    .then()
                    .statusCode(404);

            Administered told = told(topics, tenant + ":status", 1);

            assertThat(told.outcome()).isEqualTo("recording-not-found");
            assertThat(told.parameters()).containsEntry("sid", unknown);
            assertThat(told.counts()).isEmpty();
        }
    }

    private void ask(String route, Use use) {
        RequestSpecification request = operator();
        if (route.startsWith("POST")) {
            request.contentType("application/json")
                    .body(use.body())
                    .post(use.path())
                    .then()
                    .statusCode(route.endsWith("backfills") ? 202 : 200);
        } else {
            String path = use.key().startsWith("*") ? use.path() : use.path() + "?tenant=" + tenant;
            request.get(path).then().statusCode(200);
        }
    }

    private static Administered told(TopicReader topics, String key, int which) throws Exception {
        ConsumerRecord<String, byte[]> record = topics.await("the audit of " + key, Topics.ACCESS, key, which);
        return EventCodec.read(
                Administered.class,
                record.key(),
                name -> Optional.ofNullable(record.headers().lastHeader(name))
                        .map(Header::value)
                        .map(EventCodec::text)
                        .orElse(null),
                record.value());
    }

    private RequestSpecification operator() {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .auth()
                .oauth2(kit.token(Map.of("subject", WHO, "roles", List.of("earshot:operator"))));
    }
}
