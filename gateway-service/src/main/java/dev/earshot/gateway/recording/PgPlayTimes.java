package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The port on PostgreSQL. */
@ApplicationScoped
class PgPlayTimes implements PlayTimes {
    /** In the order of the rows, so that two replicas' statements do not wait for each other in a circle. */
    private static final String NOTE = """
            with noted as (
                select tenant, recording_sid, now() - ago_millis * interval '1 ms' as played_at
                from unnest(cast($1 as text[]), cast($2 as text[]), cast($3 as float8[]))
                    as note (tenant, recording_sid, ago_millis)
            ), held as (
                select r.id, r.tenant, r.recording_sid, r.last_played_at, noted.played_at
                from recording r join noted on noted.tenant = r.tenant and noted.recording_sid = r.recording_sid
                where r.state <> 'DELETED'
                order by r.id for update of r skip locked
            ), written as (
                update recording r set last_played_at = held.played_at from held
                where r.id = held.id
                    and (held.last_played_at is null
                        or held.last_played_at < held.played_at - $4 * interval '1 ms')
            )
            select tenant, recording_sid from held""";

    private final Database database;

    PgPlayTimes(Database database) {
        this.database = database;
    }

    @Override
    public Uni<List<RecordingKey>> note(Collection<Played> played, Duration atMostEvery) {
        return database.rows(
                NOTE,
                row -> new RecordingKey(
                        new Tenant(row.getString("tenant")), new RecordingSid(row.getString("recording_sid"))),
                played.stream().map(each -> each.key().tenant().value()).toArray(String[]::new),
                played.stream().map(each -> each.key().recordingSid().value()).toArray(String[]::new),
                played.stream().map(each -> (double) each.ago().toMillis()).toArray(Double[]::new),
                (double) atMostEvery.toMillis());
    }
}
