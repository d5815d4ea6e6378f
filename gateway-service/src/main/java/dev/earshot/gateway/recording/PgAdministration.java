package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Administration on PostgreSQL. Counting reads indexes, of one tenant or of all: some hundred milliseconds for a million
 * recordings. What takes longer than {@code earshot.database.timeout} is refused, so nobody's page can keep the database busy.
 */
@ApplicationScoped
class PgAdministration implements Administration {
    /** Two conditions and no or: an index is chosen by the first, and by neither where it may be anything. */
    static String of(Optional<Tenant> scope) {
        return scope.isPresent() ? "tenant = $1" : "cast($1 as text) is null";
    }

    static final String FAILURES = """
            select reason, failed_for_good and state = 'FAILED' as is_final,
                count(*) filter (where state = 'FAILED') as failed,
                count(*) filter (where state = 'WAITING') as retrying,
                min(changed_at) as oldest, max(changed_at) as newest
            from recording where %s and state in ('FAILED', 'WAITING') and reason is not null
            group by 1, 2 order by failed desc, retrying desc, reason, is_final""";

    private static final String EXAMPLES = """
            select * from (
                select tenant, recording_sid, reason, failed_for_good and state = 'FAILED' as is_final, changed_at,
                    row_number() over (partition by reason, failed_for_good and state = 'FAILED'
                        order by state, changed_at desc, id desc) as place
                from recording where %s and state in ('FAILED', 'WAITING') and reason is not null) ranked
            where place <= $2 order by reason, is_final, place""";

    private static final String STATES = """
            select state, count(*) as recordings from recording where %s and state <> 'DELETED' group by state""";

    static final String BYTES = """
            select coalesce(sum(object_size_bytes), 0)::bigint as bytes from recording where %s and state = 'READY'""";

    static final String DAYS = """
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

    private final Database database;
    private final PgRedrive redrive;

    PgAdministration(Database database, PgRedrive redrive) {
        this.database = database;
        this.redrive = redrive;
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

    @Override
    public Uni<List<Example>> examples(Optional<Tenant> scope, int ofEach) {
        return ofEach == 0
                ? Uni.createFrom().item(List.of())
                : database.rows(EXAMPLES.formatted(of(scope)), PgAdministration::example, name(scope), (long) ofEach);
    }

    private static Example example(Row row) {
        return new Example(
                FailureReason.valueOf(row.getString("reason")),
                row.getBoolean("is_final"),
                new RecordingKey(new Tenant(row.getString("tenant")), new RecordingSid(row.getString("recording_sid"))),
                Rows.required(row.getOffsetDateTime("changed_at")).toInstant());
    }

    @Override
    public Uni<Redriven> redrive(Redrive wanted) {
        return redrive.redrive(wanted);
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

    static @Nullable String name(Optional<Tenant> scope) {
        return scope.map(Tenant::value).orElse(null);
    }
}
