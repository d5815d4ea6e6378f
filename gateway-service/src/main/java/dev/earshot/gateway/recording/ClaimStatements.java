package dev.earshot.gateway.recording;

import dev.earshot.events.AudioFormat;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a listener's request reads and changes, each one statement. */
@ApplicationScoped
class ClaimStatements implements ClaimMarks {
    private static final String READ = "select *, now() as read_at from recording where ";
    private static final String BY_SID = READ + "tenant = $1 and recording_sid = $2";
    private static final String BY_CALL = READ + """
            tenant = $1 and call_sid = $2 and state <> 'DELETED'
            order by began_at desc, id desc limit 1""";
    private static final String BY_KEYS =
            READ + "(tenant, recording_sid) in (select unnest(cast($1 as text[])), unnest(cast($2 as text[])))";

    /**
     * The one conditional UPDATE: state, generation and attempt are what the caller saw. What waited in bulk was promised to
     * nobody: a promise begins with whoever asks. A call that goes on goes on: until the next outcome nothing else is known.
     */
    private static final String CLAIM = """
            update recording set
                state = 'FETCHING', lane = 'INTERACTIVE', priority = 0,
                generation = generation + case when state = 'EVICTED' then 1 else 0 end,
                attempt = attempt + 1,
                failures = case when state = 'WAITING' then failures else 0 end,
                counted_attempts = case when state = 'WAITING' then counted_attempts else 0 end,
                not_audio_attempts = case when state = 'WAITING' then not_audio_attempts else 0 end,
                promised_at = case when state = 'WAITING' and lane = 'INTERACTIVE'
                    then coalesce(promised_at, now()) else now() end,
                claimed_at = now(), published_at = null, not_before = null, claimable_at = null,
                reason = case when state = 'WAITING' and reason = 'NOT_READY_YET' then reason end,
                fetch_due_at = now() + $6 * interval '1 ms',
                last_request_expiry = now() + $7 * interval '1 ms',
                format = $8, traceparent = $9,
                changed_at = now(), revision = revision + 1
            where id = $1 and tenant = $2 and state = $3 and generation = $4 and attempt = $5
                and state in ('REGISTERED', 'WAITING', 'FAILED', 'EVICTED')
                and (state <> 'WAITING' or not_before is null or not_before <= now())
                and (state <> 'FAILED' or not failed_for_good and claimable_at <= now())
            returning *, now() as read_at""";

    /** The same attempt once more, now for somebody who waits; published anew, and watched until that is acknowledged. */
    private static final String FLIP = """
            update recording set lane = 'INTERACTIVE', promised_at = now(), published_at = null,
                fetch_due_at = now() + $5 * interval '1 ms', traceparent = $6
            where id = $1 and tenant = $2 and state = 'FETCHING' and lane = 'BULK' and generation = $3 and attempt = $4
            returning *, now() as read_at""";

    /** Somebody waits, but Twilio asked to be left alone until then. */
    private static final String HURRY = """
            update recording set lane = 'INTERACTIVE', promised_at = now(),
                fetch_due_at = greatest(now(), not_before)
            where id = $1 and tenant = $2 and state = 'WAITING' and lane = 'BULK'
            returning *, now() as read_at""";

    private static final String PUBLISHED = """
            update recording set published_at = now(), fetch_due_at = claimed_at + $5 * interval '1 ms'
            where id = $1 and state = 'FETCHING' and generation = $2 and attempt = $3 and lane = $4
                and published_at is null
            returning id""";

    private final Database database;
    private final FetchConfig config;

    ClaimStatements(Database database, FetchConfig config) {
        this.database = database;
        this.config = config;
    }

    /** A row as it was read, with the database's clock. */
    record Seen(RecordingRow row, Instant readAt) {
        static Seen of(Row row) {
            return new Seen(Rows.read(row), Rows.clock(row));
        }

        Recording recording() {
            return Rows.recording(row, readAt);
        }
    }

    Uni<Optional<Seen>> find(Tenant tenant, Sid sid) {
        return switch (sid) {
            case Sid.OfRecording named ->
                one(database.rows(BY_SID, Seen::of, tenant.value(), named.sid().value()));
            case Sid.OfCall named ->
                one(database.rows(BY_CALL, Seen::of, tenant.value(), named.sid().value()));
        };
    }

    Uni<List<Recording>> find(Collection<RecordingKey> keys) {
        return database.rows(
                BY_KEYS,
                row -> Seen.of(row).recording(),
                keys.stream().map(key -> key.tenant().value()).toArray(String[]::new),
                keys.stream().map(key -> key.recordingSid().value()).toArray(String[]::new));
    }

    Uni<Optional<Claim>> claim(RecordingRow row, AudioFormat format, Optional<String> traceparent) {
        return one(database.rows(
                CLAIM,
                Rows::claim,
                Rows.required(row.id),
                row.tenant,
                row.state.name(),
                row.generation,
                row.attempt,
                millis(config.publishCheck()),
                millis(config.silenceLimit()),
                format.name(),
                traceparent.orElse(null)));
    }

    Uni<Optional<Claim>> flip(RecordingRow row, Optional<String> traceparent) {
        return one(database.rows(
                FLIP,
                Rows::claim,
                Rows.required(row.id),
                row.tenant,
                row.generation,
                row.attempt,
                millis(config.publishCheck()),
                traceparent.orElse(null)));
    }

    Uni<Optional<Seen>> hurry(RecordingRow row) {
        return one(database.rows(HURRY, Seen::of, Rows.required(row.id), row.tenant));
    }

    @Override
    public Uni<Boolean> published(Claim claim) {
        return database.rows(
                        PUBLISHED,
                        row -> row.getLong("id"),
                        claim.id(),
                        claim.recording().generation(),
                        claim.recording().attempt(),
                        claim.lane().name(),
                        millis(config.silenceLimit()))
                .map(ids -> !ids.isEmpty());
    }

    /** A double, as PostgreSQL multiplies an interval by that. */
    private static Double millis(Duration duration) {
        return (double) duration.toMillis();
    }

    private static <T> Uni<Optional<T>> one(Uni<List<T>> rows) {
        return rows.map(list -> list.stream().findFirst());
    }
}
