package dev.earshot.gateway.recording;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the sweeper leases. Each call commits before it returns; nothing here talks to Kafka or the object store. */
@ApplicationScoped
class DueStatements implements DueWork {
    /** Among all replicas one starts bulk fetches at a time, or each would fill the same free places. */
    private static final long BULK_LOCK = 0x4541_5253_484F_5401L;

    private static final String START = """
            update recording set state = 'FETCHING', attempt = attempt + 1,
                promised_at = coalesce(promised_at, now()), claimed_at = now(), published_at = null, not_before = null,
                fetch_due_at = now() + $2 * interval '1 ms', last_request_expiry = now() + $3 * interval '1 ms',
                changed_at = now(), revision = revision + 1
            where id in (select id from recording where %s for update skip locked)
            returning *, now() as read_at""";
    private static final String START_INTERACTIVE =
            START.formatted("wake_at <= now() and state = 'WAITING' and lane = 'INTERACTIVE' and fetch_due_at <= now() "
                    + "order by wake_at limit $1");
    private static final String WAITING_IN_BULK =
            "select id from recording where state = 'WAITING' and lane = 'BULK' and fetch_due_at <= now() limit 1";
    private static final String START_BULK = START.formatted(
            "state = 'WAITING' and lane = 'BULK' and fetch_due_at <= now() order by priority, fetch_due_at "
                    + "limit greatest(0, $1 - (select count(*) from recording where state = 'FETCHING' and lane = 'BULK'))");

    private static final String UNPUBLISHED = """
            update recording set fetch_due_at = now() + $2 * interval '1 ms'
            where id in (select id from recording
                where wake_at <= now() and state = 'FETCHING' and published_at is null and fetch_due_at <= now()
                order by wake_at limit $1 for update skip locked)
            returning *, now() as read_at""";

    /** A first silence begins the time after which it is given up. */
    private static final String SILENT = """
            update recording set reason = 'UPSTREAM_TIMEOUT', changed_at = now(), revision = revision + 1, published_at = null,
                state = case when too_long then 'FAILED' else 'WAITING' end,
                failing_since = case when too_long then null else coalesce(failing_since, now()) end,
                fetch_due_at = case when too_long then null else now() end,
                claimable_at = case when too_long then now() + $3 * interval '1 ms' end,
                announce_due_at =
                    case when too_long then greatest(now(), announce_leased_until) else announce_due_at end
            from (select id as due_id, failing_since <= now() - $2 * interval '1 ms' as too_long from recording
                where wake_at <= now() and state = 'FETCHING' and published_at is not null and fetch_due_at <= now()
                order by wake_at limit $1 for update skip locked) due
            where id = due_id
            returning *, now() as read_at""";

    private static final String ANNOUNCE = """
            update recording set announce_due_at = now() + $2 * interval '1 ms',
                announce_leased_until = now() + $2 * interval '1 ms'
            where id in (select id from recording where wake_at <= now() and announce_due_at <= now()
                order by wake_at limit $1 for update skip locked)
            returning *, now() as read_at""";

    private static final String ANNOUNCED = """
            update recording set announce_leased_until = null,
                announce_due_at = case when revision = $2 then null else now() end
            where id = $1 returning id""";

    private static final String PURGE = """
            update recording set purge_due_at = now() + $2 * interval '1 ms'
            where id in (select id from recording where wake_at <= now() and purge_due_at <= now()
                order by wake_at limit $1 for update skip locked)
            returning *, now() as read_at""";

    /** A tombstone is purged until nothing was found after the last request that could still write had expired. */
    private static final String PURGED = """
            update recording set purge_due_at = case
                when purge_generation <> $2 then now()
                when state = 'DELETED' and (not $3 or last_request_expiry > now())
                    then greatest(last_request_expiry, now()) + interval '1 s'
                else null end
            where id = $1 returning id""";

    private final Database database;
    private final FetchConfig config;

    DueStatements(Database database, FetchConfig config) {
        this.database = database;
        this.config = config;
    }

    @Override
    public Uni<List<Claim>> startInteractive(int atMost) {
        return database.rows(START_INTERACTIVE, Rows::claim, (long) atMost, lease(), silence());
    }

    @Override
    public Uni<List<Claim>> startBulk(int inFlight) {
        // Asked after every outcome: where nothing waits, no lock is taken.
        return database.rows(WAITING_IN_BULK, row -> row.getLong("id"))
                .chain(waiting -> waiting.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : database.rowsUnderLock(
                                BULK_LOCK, START_BULK, Rows::claim, (long) inFlight, lease(), silence()));
    }

    @Override
    public Uni<List<Claim>> unpublished(int atMost) {
        return database.rows(UNPUBLISHED, Rows::claim, (long) atMost, lease());
    }

    @Override
    public Uni<List<Recording>> silent(int atMost) {
        return database.rows(
                SILENT,
                row -> ClaimStatements.Seen.of(row).recording(),
                (long) atMost,
                millis(config.giveUpAfter()),
                millis(config.coolDown()));
    }

    @Override
    public Uni<List<Announcement>> announcements(int atMost) {
        return Uni.createFrom().deferred(() -> {
            Lease ours = Lease.of(config.publishCheck());
            return database.rows(ANNOUNCE, row -> announcement(row, ours), (long) atMost, lease());
        });
    }

    private static Announcement announcement(Row row, Lease ours) {
        RecordingRow r = Rows.read(row);
        Instant readAt = Rows.clock(row);
        return new Announcement(
                Rows.required(r.id),
                Rows.recording(r, readAt),
                r.changedAt,
                r.revision,
                Optional.ofNullable(r.traceparent),
                ours);
    }

    @Override
    public Uni<Void> announced(Announcement announcement) {
        return database.rows(ANNOUNCED, row -> row.getLong("id"), announcement.rowId(), announcement.revision())
                .replaceWithVoid();
    }

    @Override
    public Uni<List<Purge>> purges(int atMost) {
        return database.rows(PURGE, DueStatements::purge, (long) atMost, lease());
    }

    private static Purge purge(Row row) {
        RecordingRow r = Rows.read(row);
        return new Purge(
                Rows.required(r.id), Rows.key(r), r.purgeGeneration, Math.min(r.purgeGeneration, r.generation));
    }

    @Override
    public Uni<Void> purged(Purge purge, boolean nothingFound) {
        return database.rows(PURGED, row -> row.getLong("id"), purge.rowId(), purge.upToGeneration(), nothingFound)
                .replaceWithVoid();
    }

    @Override
    public Uni<Pending> pending() {
        return database.rows(PendingQuery.SQL, PendingQuery::read).map(List::getFirst);
    }

    private Double lease() {
        return millis(config.publishCheck());
    }

    private Double silence() {
        return millis(config.silenceLimit());
    }

    private static Double millis(Duration duration) {
        return (double) duration.toMillis();
    }
}
