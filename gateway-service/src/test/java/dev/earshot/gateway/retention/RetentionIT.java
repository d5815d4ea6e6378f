package dev.earshot.gateway.retention;

import static dev.earshot.gateway.QuickProfile.DELETES;
import static dev.earshot.gateway.QuickProfile.EVICTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.recording.Expiring;
import dev.earshot.gateway.recording.Expiring.Age;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The rounds on the real database and store. Only the tenants of these files have limits. */
@QuarkusTest
@TestProfile(QuickProfile.class)
@QuarkusTestResource(LocalStack.class)
class RetentionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    EdgeKit kit;

    @Inject
    Expiring expiring;

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    S3AsyncClient s3;

    @ConfigProperty(name = "earshot.store.bucket")
    String bucket;

    @Test
    void whatNobodyPlayedForSoLongIsEvictedAnnouncedAndPurged() {
        Stored never = kit.ready(EVICTS, 10);
        Stored longAgo = kit.ready(EVICTS, 10);
        Stored lately = kit.ready(EVICTS, 10);
        Stored fresh = kit.ready(EVICTS, 10);
        set(lately.key(), "changed_at = now() - interval '90 days', last_played_at = now() - interval '29 days'");
        set(fresh.key(), "changed_at = now() - interval '29 days'");
        set(longAgo.key(), "changed_at = now() - interval '90 days', last_played_at = now() - interval '31 days'");
        set(never.key(), "changed_at = now() - interval '31 days'");

        OnVertx.until("evicted", () -> holds(never.key(), "state = 'EVICTED'"));
        OnVertx.until("evicted", () -> holds(longAgo.key(), "state = 'EVICTED'"));
        OnVertx.until(
                "announced and purged", () -> holds(never.key(), "announce_due_at is null and purge_due_at is null"));
        OnVertx.until("object gone", () -> !exists(never.object().key()));
        assertThat(holds(lately.key(), "state = 'READY'")).isTrue();
        assertThat(holds(fresh.key(), "state = 'READY'")).isTrue();
        assertThat(exists(lately.object().key())).isTrue();
    }

    @Test
    void whatIsTooLongSinceItsCallIsDeletedWhateverItsState() {
        Stored ready = kit.ready(DELETES, 10);
        RecordingKey failed = kit.row(DELETES, new RecordingState.Evicted());
        RecordingKey young = kit.row(DELETES, new RecordingState.Registered());
        RecordingKey unknown = kit.row(DELETES, new RecordingState.Registered());
        set(young, "started_at = now() - interval '364 days', created_at = now() - interval '2 years'");
        set(unknown, "created_at = now() - interval '366 days'");
        set(failed, "started_at = now() - interval '366 days'");
        set(ready.key(), "started_at = now() - interval '366 days', last_played_at = now()");

        for (RecordingKey key : List.of(ready.key(), failed, unknown)) {
            OnVertx.until("deleted", () -> holds(key, "state = 'DELETED' and announce_due_at is null"));
        }
        OnVertx.until("object gone", () -> !exists(ready.object().key()));
        assertThat(holds(young, "state = 'REGISTERED'")).isTrue();
    }

    @Test
    void whoseRecordingsHaveNoLimitKeepsThem() {
        Stored kept = kit.ready("acme", 10);
        set(kept.key(), "changed_at = now() - interval '9 years', started_at = now() - interval '9 years'");
        Stored over = kit.ready(EVICTS, 10);
        set(over.key(), "changed_at = now() - interval '31 days', started_at = now() - interval '9 years'");

        OnVertx.until("a round", () -> holds(over.key(), "state = 'EVICTED'"));
        assertThat(holds(kept.key(), "state = 'READY'")).isTrue();
    }

    @Test
    void replicasShareTheWork() {
        Tenant tenant = new Tenant("t" + UUID.randomUUID());
        for (int i = 0; i < 40; i++) {
            RecordingKey key = kit.row(tenant.value(), new RecordingState.Registered());
            set(key, "started_at = now() - interval '2 days'");
        }

        List<CompletableFuture<Integer>> batches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            batches.add(OnVertx.start(vertx, () -> expiring.expire(Age.SINCE_CALL, tenant, Duration.ofDays(1), 10)));
        }

        int together = batches.stream().mapToInt(OnVertx::join).sum();
        int rest = OnVertx.get(vertx, () -> expiring.expire(Age.SINCE_CALL, tenant, Duration.ofDays(1), 100));
        assertThat(together + rest).isEqualTo(40);
    }

    @Test
    void tenantsAreFoundPageByPageEachWithItsOldest() {
        Tenant one = new Tenant("page-" + UUID.randomUUID());
        Tenant two = new Tenant(one.value() + "-b");
        set(kit.row(one.value(), new RecordingState.Registered()), "started_at = now() - interval '3 days'");
        set(kit.row(one.value(), new RecordingState.Registered()), "started_at = now() - interval '5 days'");
        set(kit.row(two.value(), new RecordingState.Registered()), "started_at = now() - interval '4 days'");
        Tenant before = new Tenant("page-0");

        List<Expiring.Oldest> page = OnVertx.get(vertx, () -> expiring.oldest(Age.SINCE_CALL, Optional.of(before), 1));
        List<Expiring.Oldest> next = OnVertx.get(vertx, () -> expiring.oldest(Age.SINCE_CALL, Optional.of(one), 1));

        assertThat(page).hasSize(1);
        assertThat(page.getFirst().tenant()).isEqualTo(one);
        assertThat(page.getFirst().age().toDays()).isEqualTo(5);
        assertThat(next.getFirst().tenant()).isEqualTo(two);
    }

    private void set(RecordingKey key, String what) {
        pool.preparedQuery("update recording set " + what + " where recording_sid = $1")
                .execute(Tuple.of(key.recordingSid().value()))
                .await()
                .atMost(PATIENCE);
    }

    private boolean holds(RecordingKey key, String condition) {
        return pool.preparedQuery("select 1 from recording where recording_sid = $1 and " + condition)
                        .execute(Tuple.of(key.recordingSid().value()))
                        .await()
                        .atMost(PATIENCE)
                        .rowCount()
                == 1;
    }

    private boolean exists(String key) {
        return s3.listObjectsV2(list -> list.bucket(bucket).prefix(key)).join().keyCount() > 0;
    }
}
