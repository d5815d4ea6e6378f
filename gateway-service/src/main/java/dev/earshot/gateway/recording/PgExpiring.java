package dev.earshot.gateway.recording;

import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The port on PostgreSQL. */
@ApplicationScoped
class PgExpiring implements Expiring {
    private static final String LAST_USE = "greatest(last_played_at, changed_at)";
    private static final String CALL = "coalesce(started_at, created_at)";

    /** From one tenant to the next on the index, whatever lies between. */
    static final String OLDEST = """
            with recursive tenants as (
                (select tenant, {since} as since from recording where {state} and tenant > $1
                    order by tenant, {since} limit 1)
                union all
                select next.tenant, next.since from tenants cross join lateral
                    (select tenant, {since} as since from recording where {state} and tenant > tenants.tenant
                        order by tenant, {since} limit 1) next
            )
            select tenant, cast(extract(epoch from now() - since) * 1000 as bigint) as age_millis from tenants limit $2""";

    /** What somebody holds is being changed, by another replica's round or by a listener. */
    static final String DUE = """
            select id from recording where {state} and tenant = ?1 and {since} <= now() - ?2 * interval '1 ms'
            order by {since} limit ?3 for update skip locked""";

    private static final String COUNT =
            "select count(*) as recordings from recording where tenant = $1 and state <> 'DELETED'";

    private final Database database;
    private final RecordingRows rows;

    PgExpiring(Database database, RecordingRows rows) {
        this.database = database;
        this.rows = rows;
    }

    @Override
    public Uni<List<Oldest>> oldest(Age age, Optional<Tenant> after, int atMost) {
        return database.rows(
                of(age, OLDEST),
                row -> new Oldest(new Tenant(row.getString("tenant")), Duration.ofMillis(row.getLong("age_millis"))),
                after.map(Tenant::value).orElse(""),
                (long) atMost);
    }

    @Override
    public Uni<Integer> expire(Age age, Tenant tenant, Duration limit, int atMost) {
        return rows.changeAll(
                        of(age, DUE),
                        List.of(tenant.value(), (double) limit.toMillis(), atMost),
                        locked -> expire(age, locked))
                .map(done -> (int) done.stream().filter(each -> each).count());
    }

    @Override
    public Uni<Long> count(Tenant tenant) {
        return database.rows(COUNT, row -> row.getLong("recordings"), tenant.value())
                .map(List::getFirst);
    }

    private static boolean expire(Age age, RecordingRows.Locked locked) {
        return switch (age) {
            case UNPLAYED -> locked.transitions().evict(locked.row().generation);
            case SINCE_CALL -> locked.transitions().delete();
        };
    }

    static String of(Age age, String sql) {
        return switch (age) {
            case UNPLAYED -> sql.replace("{state}", "state = 'READY'").replace("{since}", LAST_USE);
            case SINCE_CALL -> sql.replace("{state}", "state <> 'DELETED'").replace("{since}", CALL);
        };
    }
}
