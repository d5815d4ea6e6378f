package dev.earshot.gateway.info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class PagesIT {
    private static final String PLAY = "recordings:play";
    private static final String PAGES = "/api/recordings";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

    @Inject
    EdgeKit kit;

    @Inject
    Pool pool;

    /** Nobody else's recordings are in it. */
    private final String tenant = "pages-" + EdgeKit.recordingSid().value().substring(2, 18);

    @Test
    void everyRecordingComesOnceNewestFirst() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(began(NOON.plusSeconds(i)));
        }
        Collections.reverse(expected);

        assertThat(walk(PAGES + "?limit=3")).isEqualTo(expected);
    }

    @Test
    void thoseOfTheSameInstantAreOrderedToo() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            expected.add(began(NOON));
        }
        expected.sort(Collections.reverseOrder());

        assertThat(walk(PAGES + "?limit=2")).isEqualTo(expected);
    }

    @Test
    void whatIsAddedMeanwhileMovesNothing() {
        List<String> old = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            old.addFirst(began(NOON.plusSeconds(i)));
        }
        Response first = page(PAGES + "?limit=2");
        began(NOON.plusSeconds(60));
        String between = began(NOON.plusMillis(500));

        List<String> rest = walk(first.path("next"));

        assertThat(sids(first)).isEqualTo(old.subList(0, 2));
        assertThat(rest).containsExactly(old.get(2), between, old.get(3));
    }

    @Test
    void aPageThatIsJustFullIsTheLast() {
        began(NOON);
        began(NOON.plusSeconds(1));

        Response page = page(PAGES + "?limit=2");

        assertThat(sids(page)).hasSize(2);
        assertThat(page.<Object>path("next")).isNull();
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void theFiltersHold() {
        String early = began(NOON);
        String late = began(NOON.plusSeconds(10));
        RecordingKey failed = kit.row(
                tenant,
                new RecordingState.Failed(FailureReason.ENCRYPTED, true, Instant.parse("2026-01-01T00:00:00Z")));
        String call = page(PAGES + "/" + early).path("callSid");

        assertThat(walk(PAGES + "?callSid=" + call)).containsExactly(early);
        assertThat(walk(PAGES + "?state=failed"))
                .containsExactly(failed.recordingSid().value());
        assertThat(walk(PAGES + "?state=registered")).containsExactly(late, early);
        assertThat(walk(PAGES + "?state=ready")).isEmpty();
        assertThat(walk(PAGES + "?to=" + NOON.plusSeconds(10))).containsExactly(early);
        assertThat(walk(PAGES + "?from=" + NOON.plusSeconds(10) + "&to=" + NOON.plusSeconds(11)))
                .containsExactly(late);
        assertThat(walk(PAGES + "?state=registered&from=" + NOON + "&limit=1")).containsExactly(late, early);
    }

    @Test
    void oneWithoutAStartStandsWhereItBecameKnown() {
        String old = began(NOON);
        String fresh =
                kit.row(tenant, new RecordingState.Registered()).recordingSid().value();

        assertThat(walk(PAGES)).containsExactly(fresh, old);
    }

    @Test
    void whatIsDeletedOrForeignIsNotListed() {
        kit.row(tenant, new RecordingState.Deleted());
        kit.row("globex", new RecordingState.Registered());

        assertThat(walk(PAGES)).isEmpty();
        bad("state=deleted").body("detail", containsString("state must be one of"));
    }

    @Test
    void whatIsWrongIsNamed() {
        bad("limit=0").body("detail", containsString("limit"));
        bad("tenant=globex").body("detail", containsString("unknown parameter tenant"));
        bad("cursor=abc").body("detail", containsString("cursor"));
        bad("from=2026-01-01T00:00:00%2B01:00&from=2026-01-01T00:00:00Z").body("detail", containsString("from"));
        kit.as(tenant, "recordings:write").get(PAGES).then().statusCode(403).body("code", equalTo("role-missing"));
        kit.as(tenant, PLAY).delete(PAGES).then().statusCode(405).header("Allow", equalTo("GET, HEAD, OPTIONS"));
    }

    private io.restassured.response.ValidatableResponse bad(String query) {
        return kit.as(tenant, PLAY)
                .get(PAGES + "?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"));
    }

    private String began(Instant at) {
        RecordingSid sid = kit.row(tenant, new RecordingState.Registered()).recordingSid();
        pool.preparedQuery("update recording set started_at = $1 where tenant = $2 and recording_sid = $3")
                .execute(Tuple.of(at.atOffset(ZoneOffset.UTC), new Tenant(tenant).value(), sid.value()))
                .await()
                .atMost(PATIENCE);
        return sid.value();
    }

    private Response page(String path) {
        Response page = kit.as(tenant, PLAY).get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        return page;
    }

    private List<String> walk(String first) {
        List<String> all = new ArrayList<>();
        for (@Nullable String path = first; path != null; ) {
            Response page = page(path);
            all.addAll(sids(page));
            path = page.path("next");
        }
        return all;
    }

    private static List<String> sids(Response page) {
        return page.path("recordings.recordingSid");
    }
}
