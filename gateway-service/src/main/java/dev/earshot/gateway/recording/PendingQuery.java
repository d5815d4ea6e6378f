package dev.earshot.gateway.recording;

import io.vertx.mutiny.sqlclient.Row;

/** How much is pending and since when, in one pass over the rows that are in the timer. */
final class PendingQuery {
    /**
     * A lease moves the time at which work is due, so that work which fails each time is never due for long: its age is that of the
     * row's last change, which may be later than the one that made the work. A tombstone is purged again after the last request
     * that could still write, and is not late before.
     *
     * <p>The audio of a call that goes on is not late, and nobody could mend it: such rows are no open promise.
     */
    static final String SQL = """
            select count(*) filter (where announce_due_at is not null) as announce,
                coalesce(extract(epoch from now() - min(changed_at) filter (where announce_due_at is not null)), 0)
                    as oldest_announce,
                count(*) filter (where purge_due_at is not null) as purge,
                coalesce(extract(epoch from now() - min(greatest(changed_at,
                        case when state = 'DELETED' then last_request_expiry end)) filter (where purge_due_at is not null)), 0)
                    as oldest_purge,
                coalesce(extract(epoch from now() - min(wake_at)), 0) as lag,
                count(*) filter (where promised) as promises,
                coalesce(extract(epoch from now() - min(promised_at) filter (where promised)), 0) as oldest_promise
            from (select *, lane = 'INTERACTIVE' and state in ('FETCHING', 'WAITING') and promised_at is not null
                        and reason is distinct from 'NOT_READY_YET' as promised
                from recording where wake_at is not null) due""";

    private PendingQuery() {}

    static DueWork.Pending read(Row row) {
        return new DueWork.Pending(
                row.getLong("announce"),
                seconds(row, "oldest_announce"),
                row.getLong("purge"),
                seconds(row, "oldest_purge"),
                seconds(row, "lag"),
                row.getLong("promises"),
                seconds(row, "oldest_promise"));
    }

    private static double seconds(Row row, String column) {
        return Math.max(0, row.getBigDecimal(column).doubleValue());
    }
}
