package dev.earshot.gateway.discovery;

import dev.earshot.events.AccountSid;
import dev.earshot.events.ListingProgress;
import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.discovery.Discovery.Finding;
import dev.earshot.gateway.recording.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of backfills, each verb one statement.
 *
 * <pre>
 * requested ─▶ listing ─▶ registering ─▶ done
 *     └───────────┴──▶ failed     └─nothing heard for too long─▶ requested
 * </pre>
 *
 * <p>Failures: {@link dev.earshot.gateway.recording.RecordingsUnavailableException} if the database does not answer in time.
 */
@ApplicationScoped
public class Backfills {
    private static final String CREATE = """
            insert into backfill (id, account_sid, from_time, to_time, due_at) values ($1, $2, $3, $4, now())
            returning *""";
    private static final String FIND = "select * from backfill where id = $1";

    private static final String LEASE = """
            update backfill set state = 'requested', attempt = attempt + 1, changed_at = now(),
                due_at = now() + $1 * interval '1 ms'
            where id in (select id from backfill where due_at <= now() order by due_at limit $2 for update skip locked)
            returning *""";

    private static final String DUE_IN = """
            update backfill set due_at = now() + $3 * interval '1 ms'
            where id = $1 and attempt = $2 and state = 'requested' returning id""";

    private static final String PROGRESS = """
            update backfill set changed_at = now(),
                pages = greatest(pages, $4), seen = case when $3 = 'listed' then $5 else greatest(seen, $5) end,
                state = case when $3 = 'failed' then 'failed' when $3 = 'listing' then 'listing'
                    when handled >= $5 then 'done' else 'registering' end,
                detail = $6,
                due_at = case when $3 = 'failed' or $3 = 'listed' and handled >= $5 then null
                    else now() + $7 * interval '1 ms' end
            where id = $1 and attempt = $2 and state in ('requested', 'listing')
            returning *""";

    /** The insert decides whether it is counted; both happen or none. */
    private static final String COUNT = """
            with first as (
                insert into backfill_recording (backfill_id, recording_sid)
                select id, $2 from backfill where id = $1 and state not in ('done', 'failed')
                on conflict do nothing returning 1)
            update backfill set changed_at = now(), handled = handled + 1,
                registered = registered + $3, known = known + $4, unassigned = unassigned + $5,
                state = case when state = 'registering' and handled + 1 >= seen then 'done' else state end,
                due_at = case when state = 'registering' and handled + 1 >= seen then null else due_at end
            where id = $1 and exists (select 1 from first)
            returning *""";

    private static final String FORGET = "delete from backfill_recording where backfill_id = $1";

    private final Database database;
    private final BackfillConfig config;

    Backfills(Database database, BackfillConfig config) {
        this.database = database;
        this.config = config;
    }

    /** A new one; the list is asked for within a second, whatever becomes of this process. */
    public Uni<Backfill> create(AccountSid account, Instant from, Instant to) {
        return database.rows(CREATE, Backfills::read, UUID.randomUUID(), account.value(), from, to)
                .map(rows -> rows.getFirst());
    }

    /** As it stands. */
    public Uni<Optional<Backfill>> find(UUID id) {
        return database.rows(FIND, Backfills::read, id)
                .map(rows -> rows.stream().findFirst());
    }

    /**
     * Those whose list is to be asked for now.
     *
     * @param leasedFor whoever took them and says nothing until then has died, and they are due again
     */
    Uni<List<Backfill>> due(int atMost, Duration leasedFor) {
        return database.rows(LEASE, Backfills::read, millis(leasedFor), atMost);
    }

    /** The broker has the request: they are due again when nothing is heard of them for too long. */
    Uni<Void> published(Backfill backfill) {
        return dueIn(backfill, config.silence());
    }

    /** The request could not be published. */
    Uni<Void> againSoon(Backfill backfill) {
        return dueIn(backfill, config.publishRetry());
    }

    /** Unless something was heard of it already. */
    private Uni<Void> dueIn(Backfill backfill, Duration wait) {
        return database.rows(DUE_IN, row -> row.getUUID("id"), backfill.id(), backfill.attempt(), millis(wait))
                .replaceWithVoid();
    }

    Uni<Void> progress(ListingProgress event) {
        return database.rows(
                        PROGRESS,
                        Backfills::read,
                        UUID.fromString(event.backfillId()),
                        event.attempt(),
                        event.state().name().toLowerCase(Locale.ROOT),
                        event.pages(),
                        event.seen(),
                        event.detail().orElse(null),
                        millis(config.silence()))
                .chain(this::forgetAtTheEnd);
    }

    Uni<Void> count(UUID id, RecordingSid recording, Finding finding) {
        return database.rows(
                        COUNT,
                        Backfills::read,
                        id,
                        recording.value(),
                        finding == Finding.CREATED ? 1L : 0L,
                        finding == Finding.CREATED || finding == Finding.UNASSIGNED ? 0L : 1L,
                        finding == Finding.UNASSIGNED ? 1L : 0L)
                .chain(this::forgetAtTheEnd);
    }

    private Uni<Void> forgetAtTheEnd(List<Backfill> changed) {
        return changed.stream()
                .filter(backfill ->
                        backfill.state().equals("done") || backfill.state().equals("failed"))
                .findFirst()
                .map(ended -> database.rows(FORGET, row -> 0, ended.id()).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static Backfill read(Row row) {
        return new Backfill(
                row.getUUID("id"),
                new AccountSid(row.getString("account_sid")),
                row.getOffsetDateTime("from_time").toInstant(),
                row.getOffsetDateTime("to_time").toInstant(),
                row.getString("state"),
                row.getInteger("attempt"),
                row.getInteger("pages"),
                row.getLong("seen"),
                new Backfill.Counts(row.getLong("registered"), row.getLong("known"), row.getLong("unassigned")),
                Optional.ofNullable(row.getString("detail")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("changed_at").toInstant());
    }

    /** A double, as PostgreSQL multiplies an interval by that. */
    private static Double millis(Duration duration) {
        return (double) duration.toMillis();
    }
}
