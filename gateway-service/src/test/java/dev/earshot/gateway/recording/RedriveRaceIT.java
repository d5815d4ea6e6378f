package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.recording.Administration.Redrive;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a row between a redrive's two steps: they are taken one by one, in a world that starts nothing by itself. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(QuickProfile.class)
class RedriveRaceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    EdgeKit kit;

    @Inject
    PgRedrive redrive;

    @Inject
    Pool pool;

    private final String tenant = "race-" + EdgeKit.recordingSid().value().substring(2, 18);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed_for_good = true",
                "reason = 'TRUNCATED'",
                "tenant = tenant || '-other'",
                "started_at = now() - interval '1 year'",
                "state = 'REGISTERED', reason = null, claimable_at = null"
            })
    void whatHasChangedSinceItWasChosenIsLeft(String change) {
        RecordingKey stays = failed();
        RecordingKey changes = failed();
        List<PgRedrive.Chosen> chosen = redrive.choose(wanted()).await().atMost(PATIENCE);
        assertThat(chosen).hasSize(2);
        change(changes, change);
        Row before = row(changes);

        assertThat(redrive.mark(chosen, wanted()).await().atMost(PATIENCE)).isOne();

        assertThat(row(stays).getString("state")).isEqualTo("WAITING");
        Row after = row(changes);
        assertThat(after.getString("state")).isEqualTo(before.getString("state"));
        assertThat(after.getLong("revision")).isEqualTo(before.getLong("revision"));
    }

    @Test
    void whatWasChosenTwiceIsMarkedOnce() {
        failed();
        List<PgRedrive.Chosen> chosen = redrive.choose(wanted()).await().atMost(PATIENCE);

        assertThat(redrive.mark(chosen, wanted()).await().atMost(PATIENCE)).isOne();
        assertThat(redrive.mark(chosen, wanted()).await().atMost(PATIENCE)).isZero();
    }

    private Redrive wanted() {
        return new Redrive(
                Optional.of(new Tenant(tenant)),
                false,
                Optional.of(FailureReason.UPSTREAM_ERROR),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                10,
                false,
                Optional.empty());
    }

    private RecordingKey failed() {
        return kit.row(
                tenant,
                new RecordingState.Failed(
                        FailureReason.UPSTREAM_ERROR, false, Instant.now().plusSeconds(3600)));
    }

    private void change(RecordingKey key, String assignments) {
        pool.preparedQuery("update recording set " + assignments + " where recording_sid = $1")
                .execute(Tuple.of(key.recordingSid().value()))
                .await()
                .atMost(PATIENCE);
    }

    /** By its SID alone, for the tenant may have changed. */
    private Row row(RecordingKey key) {
        return pool.preparedQuery("select * from recording where recording_sid = $1")
                .execute(Tuple.of(key.recordingSid().value()))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next();
    }
}
