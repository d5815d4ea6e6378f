package dev.earshot.gateway.played;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.PlayTimes;
import dev.earshot.gateway.recording.PlayTimes.Played;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class LastPlayedIT {
    private static final String PLAY = "recordings:play";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    EdgeKit kit;

    @Inject
    PlayTimes times;

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Test
    void whoPlaysIsNotedAndWhoOnlyLooksIsNot() {
        Stored played = kit.ready("acme", 100);
        Stored looked = kit.ready("acme", 100);

        kit.as("acme", PLAY).head(stream(looked)).then().statusCode(200);
        kit.as("acme", PLAY)
                .header("Range", "bytes=0-1")
                .get(stream(played))
                .then()
                .statusCode(206);

        OnVertx.until("noted", () -> holds(played.key(), "last_played_at > now() - interval '1 min'"));
        assertThat(holds(looked.key(), "last_played_at is null")).isTrue();
    }

    @Test
    void aTimeThatIsKnownWellEnoughIsLeftAsItIs() {
        RecordingKey key = kit.ready("acme", 1).key();
        note(key, Duration.ofMinutes(30));
        String before = column(key, "last_played_at::text");

        assertThat(note(key, Duration.ZERO)).containsExactly(key);
        assertThat(column(key, "last_played_at::text")).isEqualTo(before);

        set(key, "last_played_at = now() - interval '61 min'");
        assertThat(note(key, Duration.ZERO)).containsExactly(key);
        assertThat(holds(key, "last_played_at > now() - interval '1 min'")).isTrue();
    }

    @Test
    void aRowThatSomebodyHoldsIsLeftOutAndDelaysNobody() {
        RecordingKey held = kit.ready("acme", 1).key();
        RecordingKey free = kit.ready("acme", 1).key();
        SqlConnection holder = pool.getConnection().await().atMost(PATIENCE);
        try {
            holder.query("begin").execute().await().atMost(PATIENCE);
            holder.preparedQuery("select id from recording where recording_sid = $1 for update")
                    .execute(Tuple.of(held.recordingSid().value()))
                    .await()
                    .atMost(PATIENCE);

            assertThat(note(List.of(held, free))).containsExactly(free);
        } finally {
            holder.query("rollback").execute().await().atMost(PATIENCE);
            holder.close().await().atMost(PATIENCE);
        }
        assertThat(note(List.of(held, free))).containsExactlyInAnyOrder(held, free);
    }

    private List<RecordingKey> note(RecordingKey key, Duration ago) {
        return OnVertx.get(vertx, () -> times.note(List.of(new Played(key, ago)), HOUR));
    }

    private List<RecordingKey> note(List<RecordingKey> keys) {
        return OnVertx.get(
                vertx,
                () -> times.note(
                        keys.stream().map(key -> new Played(key, Duration.ZERO)).toList(), HOUR));
    }

    private void set(RecordingKey key, String what) {
        pool.preparedQuery("update recording set " + what + " where recording_sid = $1")
                .execute(Tuple.of(key.recordingSid().value()))
                .await()
                .atMost(PATIENCE);
    }

    private boolean holds(RecordingKey key, String condition) {
        return "true".equals(column(key, "(" + condition + ")::text"));
    }

    private @Nullable String column(RecordingKey key, String expression) {
        return pool.preparedQuery("select " + expression + " as it from recording where recording_sid = $1")
                .execute(Tuple.of(key.recordingSid().value()))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getString("it");
    }

    private static String stream(Stored stored) {
        return "/api/recordings/" + stored.sid() + "/stream";
    }
}
