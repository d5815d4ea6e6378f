package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.Administration.Redrive;
import dev.earshot.gateway.recording.Administration.Redriven;
import dev.earshot.gateway.tenant.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Redriving on PostgreSQL, in two steps: the rows are chosen, and then marked in batches as far as they still match. */
@ApplicationScoped
class PgRedrive {
    /** As that of a prefetch, before a backfill's. */
    private static final int PRIORITY = 10;
    /** Rows in one statement, as in a prefetch. */
    private static final int BATCH = 500;

    /** A failed row has a reason; to say so lets the index of failures serve all tenants at once. */
    static final String MATCHING = """
            from recording where %s and state = 'FAILED' and reason is not null
                and (cast($2 as text) is null or reason = $2)
                and (cast($3 as text[]) is null or recording_sid = any($3))
                and (cast($4 as timestamptz) is null or began_at >= $4)
                and (cast($5 as timestamptz) is null or began_at < $5)
                and ($6 or not failed_for_good)
                and (cast($7 as float8) is null or began_at >= now() - $7 * interval '1 ms')""";

    private static final String COUNT = "select count(*) as matched " + MATCHING;
    private static final String CHOOSE = "select id, tenant " + MATCHING + " order by changed_at, id limit $8";

    /**
     * As a prefetch marks them: locked in one order, and only what matches still. What was chosen may have been fetched meanwhile and
     * have failed again, for good or for another reason; who waited for a lock looks again at what the row has become.
     */
    private static final String MARK = "with due as materialized (select id as due_id " + MATCHING + """
                and id = any($8) order by id for update)
            update recording set state = 'WAITING', lane = 'BULK', priority = $9,
                failures = 0, counted_attempts = 0, not_audio_attempts = 0, failing_since = null, failed_for_good = false,
                promised_at = now(), fetch_due_at = now(), published_at = null, not_before = null,
                reason = null, twilio_code = null, claimable_at = null, traceparent = $10,
                format = coalesce(
                    (select wanted.format from unnest($11::text[], $12::text[]) as wanted (name, format)
                        where wanted.name = recording.tenant), format),
                changed_at = now(), revision = revision + 1
            where id = any(array(select due_id from due))
            returning id""";

    private final Database database;
    private final Tenants tenants;

    PgRedrive(Database database, Tenants tenants) {
        this.database = database;
        this.tenants = tenants;
    }

    /** A row that is to be marked. */
    record Chosen(long id, String tenant) {}

    Uni<Redriven> redrive(Redrive wanted) {
        return database.rows(COUNT.formatted(of(wanted)), row -> row.getLong("matched"), which(wanted))
                .map(List::getFirst)
                .chain(matched -> wanted.dryRun() || matched == 0
                        ? Uni.createFrom().item(new Redriven(matched, 0))
                        : choose(wanted)
                                .chain(rows -> mark(rows, wanted))
                                .map(redriven -> new Redriven(matched, redriven)));
    }

    private static String of(Redrive wanted) {
        return PgAdministration.of(wanted.scope());
    }

    private @Nullable Object[] which(Redrive wanted, @Nullable Object... more) {
        String[] sids = wanted.sids().stream().map(RecordingSid::value).toArray(String[]::new);
        @Nullable
        Object[] which = {
            PgAdministration.name(wanted.scope()),
            wanted.reason().map(FailureReason::name).orElse(null),
            sids.length == 0 ? null : sids,
            wanted.from().orElse(null),
            wanted.to().orElse(null),
            wanted.includeFinal(),
            window(wanted).map(window -> (double) window.toMillis()).orElse(null)
        };
        @Nullable Object[] all = Arrays.copyOf(which, which.length + more.length);
        System.arraycopy(more, 0, all, which.length, more.length);
        return all;
    }

    /** Who may not pass over it has a tenant. */
    private Optional<Duration> window(Redrive wanted) {
        return wanted.anyAge()
                ? Optional.empty()
                : Optional.of(tenants.policy(wanted.scope().orElseThrow()).playbackWindow());
    }

    Uni<List<Chosen>> choose(Redrive wanted) {
        return database.rows(
                CHOOSE.formatted(of(wanted)),
                row -> new Chosen(row.getLong("id"), row.getString("tenant")),
                which(wanted, (long) wanted.atMost()));
    }

    Uni<Long> mark(List<Chosen> rows, Redrive wanted) {
        return Multi.createFrom()
                .iterable(rows)
                .group()
                .intoLists()
                .of(BATCH)
                .onItem()
                .transformToUniAndConcatenate(batch -> markBatch(batch, wanted))
                .collect()
                .with(Collectors.summingLong(Integer::longValue));
    }

    private Uni<Integer> markBatch(List<Chosen> batch, Redrive wanted) {
        List<String> names = batch.stream().map(Chosen::tenant).distinct().toList();
        String[] formats = names.stream()
                .map(name -> tenants.policy(new Tenant(name)).format().name())
                .toArray(String[]::new);
        return database.rows(
                        MARK.formatted(of(wanted)),
                        row -> row.getLong("id"),
                        which(
                                wanted,
                                batch.stream().map(Chosen::id).toArray(Long[]::new),
                                PRIORITY,
                                wanted.traceparent().orElse(null),
                                names.toArray(String[]::new),
                                formats))
                .map(List::size);
    }
}
