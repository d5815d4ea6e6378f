package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.tenant.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Administration on PostgreSQL. Counting reads an index and no rows, of one tenant or of all: some hundred milliseconds for a million
 * recordings. What takes longer than {@code earshot.database.timeout} is refused, so nobody's page can keep the database busy.
 */
@ApplicationScoped
class PgAdministration implements Administration {
    /** As that of a prefetch, before a backfill's. */
    private static final int PRIORITY = 10;
    /** Rows in one statement, as in a prefetch. */
    private static final int BATCH = 500;

    /** Two conditions and no or: an index is chosen by the first, and by neither where it may be anything. */
    private static String of(Optional<Tenant> scope) {
        return scope.isPresent() ? "tenant = $1" : "cast($1 as text) is null";
    }

    static final String FAILURES = """
            select reason, failed_for_good and state = 'FAILED' as is_final,
                count(*) filter (where state = 'FAILED') as failed,
                count(*) filter (where state = 'WAITING') as retrying,
                min(changed_at) as oldest, max(changed_at) as newest
            from recording where %s and state in ('FAILED', 'WAITING') and reason is not null
            group by 1, 2 order by failed desc, retrying desc, reason, is_final""";

    private static final String STATES = """
            select state, count(*) as recordings from recording where %s and state <> 'DELETED' group by state""";

    private static final String BYTES = """
            select coalesce(sum(object_size_bytes), 0)::bigint as bytes from recording where %s and state = 'READY'""";

    private static final String DAYS = """
            with stored as (
                select (ready_at at time zone 'UTC')::date as day, count(*) as recordings, sum(object_size_bytes)::bigint as bytes
                from recording
                where %s and state = 'READY'
                    and ready_at >= ((now() at time zone 'UTC')::date - ($2::int - 1))::timestamp at time zone 'UTC'
                group by 1)
            select each::date as day, coalesce(recordings, 0) as recordings, coalesce(bytes, 0) as bytes
            from generate_series((now() at time zone 'UTC')::date - ($2::int - 1), (now() at time zone 'UTC')::date,
                interval '1 day') as each
            left join stored on stored.day = each::date order by 1""";

    private static final String MATCHING = """
            from recording where %s and state = 'FAILED'
                and (cast($2 as text) is null or reason = $2)
                and (cast($3 as text[]) is null or recording_sid = any($3))
                and (cast($4 as timestamptz) is null or began_at >= $4)
                and (cast($5 as timestamptz) is null or began_at < $5)
                and ($6 or not failed_for_good)""";

    private static final String COUNT = "select count(*) as matched " + MATCHING;
    private static final String CHOOSE = "select id, tenant " + MATCHING + " order by changed_at, id limit $7";

    /** As a prefetch marks them: locked in one order, and only what has failed still. */
    private static final String MARK = """
            with due as materialized (
                select id as due_id from recording where id = any($1) and state = 'FAILED' order by id for update)
            update recording set state = 'WAITING', lane = 'BULK', priority = $2,
                failures = 0, counted_attempts = 0, not_audio_attempts = 0, failing_since = null, failed_for_good = false,
                promised_at = now(), fetch_due_at = now(), published_at = null, not_before = null,
                reason = null, claimable_at = null, traceparent = $3,
                format = coalesce(
                    (select wanted.format from unnest($4::text[], $5::text[]) as wanted (name, format)
                        where wanted.name = recording.tenant), format),
                changed_at = now(), revision = revision + 1
            where id = any(array(select due_id from due))
            returning id""";

    private final Database database;
    private final Tenants tenants;

    PgAdministration(Database database, Tenants tenants) {
        this.database = database;
        this.tenants = tenants;
    }

    @Override
    public Uni<List<Failures>> failures(Optional<Tenant> scope) {
        return database.rows(FAILURES.formatted(of(scope)), PgAdministration::failures, name(scope));
    }

    private static Failures failures(Row row) {
        return new Failures(
                FailureReason.valueOf(row.getString("reason")),
                row.getLong("failed"),
                row.getBoolean("is_final"),
                row.getLong("retrying"),
                Rows.required(row.getOffsetDateTime("oldest")).toInstant(),
                Rows.required(row.getOffsetDateTime("newest")).toInstant());
    }

    /** A row that a redrive has to mark. */
    private record Chosen(long id, String tenant) {}

    @Override
    public Uni<Redriven> redrive(Redrive wanted) {
        @Nullable Object[] which = which(wanted);
        return database.rows(COUNT.formatted(of(wanted.scope())), row -> row.getLong("matched"), which)
                .map(List::getFirst)
                .chain(matched -> wanted.dryRun() || matched == 0
                        ? Uni.createFrom().item(new Redriven(matched, 0))
                        : chosen(wanted, which)
                                .chain(rows -> marked(rows, wanted))
                                .map(redriven -> new Redriven(matched, redriven)));
    }

    private static @Nullable Object[] which(Redrive wanted) {
        String[] sids = wanted.sids().stream().map(RecordingSid::value).toArray(String[]::new);
        return new @Nullable Object[] {
            name(wanted.scope()),
            wanted.reason().map(FailureReason::name).orElse(null),
            sids.length == 0 ? null : sids,
            wanted.from().orElse(null),
            wanted.to().orElse(null),
            wanted.includeFinal()
        };
    }

    private Uni<List<Chosen>> chosen(Redrive wanted, @Nullable Object[] which) {
        @Nullable Object[] all = java.util.Arrays.copyOf(which, which.length + 1);
        all[which.length] = (long) wanted.atMost();
        return database.rows(
                CHOOSE.formatted(of(wanted.scope())),
                row -> new Chosen(row.getLong("id"), row.getString("tenant")),
                all);
    }

    private Uni<Long> marked(List<Chosen> rows, Redrive wanted) {
        return Multi.createFrom()
                .iterable(rows)
                .group()
                .intoLists()
                .of(BATCH)
                .onItem()
                .transformToUniAndConcatenate(batch -> mark(batch, wanted.traceparent()))
                .collect()
                .with(java.util.stream.Collectors.summingLong(Integer::longValue));
    }

    private Uni<Integer> mark(List<Chosen> batch, Optional<String> traceparent) {
        List<String> names = batch.stream().map(Chosen::tenant).distinct().toList();
        return database.rows(
                        MARK,
                        row -> row.getLong("id"),
                        batch.stream().map(Chosen::id).toArray(Long[]::new),
                        PRIORITY,
                        traceparent.orElse(null),
                        names.toArray(String[]::new),
                        names.stream()
                                .map(name -> tenants.policy(new Tenant(name))
                                        .format()
                                        .name())
                                .toArray(String[]::new))
                .map(List::size);
    }

    @Override
    public Uni<Storage> storage(Optional<Tenant> scope, int days) {
        return states(scope)
                .chain(states -> database.rows(BYTES.formatted(of(scope)), row -> row.getLong("bytes"), name(scope))
                        .map(List::getFirst)
                        .chain(bytes -> days(scope, days).map(each -> new Storage(states, bytes, each))));
    }

    private Uni<Map<PageQuery.State, Long>> states(Optional<Tenant> scope) {
        return database.rows(
                        STATES.formatted(of(scope)),
                        row -> Map.entry(PageQuery.State.valueOf(row.getString("state")), row.getLong("recordings")),
                        name(scope))
                .map(counted -> {
                    Map<PageQuery.State, Long> states = new EnumMap<>(PageQuery.State.class);
                    for (PageQuery.State each : PageQuery.State.values()) {
                        states.put(each, 0L);
                    }
                    counted.forEach(each -> states.put(each.getKey(), each.getValue()));
                    return states;
                });
    }

    private Uni<List<Day>> days(Optional<Tenant> scope, int days) {
        return database.rows(
                DAYS.formatted(of(scope)),
                row -> new Day(row.getLocalDate("day"), row.getLong("recordings"), row.getLong("bytes")),
                name(scope),
                days);
    }

    private static @Nullable String name(Optional<Tenant> scope) {
        return scope.map(Tenant::value).orElse(null);
    }
}
