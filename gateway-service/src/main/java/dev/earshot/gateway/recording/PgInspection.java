package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inspection on PostgreSQL. */
@ApplicationScoped
class PgInspection implements Inspection {
    /** A call has a few; a SID is one tenant's but for a mistake. */
    private static final int MOST_RECORDINGS = 20;

    private static final int MOST_CHANGES = 200;

    /** From one tenant to the next on the index: no index has the SIDs of all tenants together, for nothing else needs one. */
    private static final String TENANTS_ALL = """
            with recursive tenants as (
                (select tenant from recording order by tenant limit 1)
                union all
                select (select r.tenant from recording r where r.tenant > tenants.tenant order by r.tenant limit 1)
                from tenants where tenants.tenant is not null)""";

    private static final String TENANTS_ONE = "with tenants as (select cast($2 as text) as tenant)";

    static final String FIND = """
             select r.*, now() as read_at from tenants cross join lateral
                (select * from recording where tenant = tenants.tenant and {sid} = $1
                    order by began_at desc, id desc limit $3) r
            where cast($2 as text) is null or r.tenant = $2
            order by r.began_at desc, r.id desc limit $3""";

    private static final String HISTORY = """
            select h.* from unnest(cast($1 as bigint[])) as wanted (id) cross join lateral
                (select * from recording_history where recording_id = wanted.id order by id desc limit $2) h
            order by h.recording_id, h.id""";

    private static final String FORGET = """
            delete from recording_history where ctid = any(array(
                select ctid from recording_history where at < now() - $1 * interval '1 ms'
                order by at limit $2 for update skip locked))""";

    private final Database database;

    PgInspection(Database database) {
        this.database = database;
    }

    /** One row as it was read, before its history is known. */
    private record Found(long id, Inspected inspected) {}

    private record Remembered(long recording, Change change) {}

    @Override
    public Uni<List<Inspected>> find(Optional<Tenant> scope, Sid sid) {
        return database.rows(of(scope, sid), PgInspection::found, text(sid), PgAdministration.name(scope), (long)
                        MOST_RECORDINGS)
                .chain(this::withHistories);
    }

    static String of(Optional<Tenant> scope, Sid sid) {
        String column = switch (sid) {
            case Sid.OfRecording ignored -> "recording_sid";
            case Sid.OfCall ignored -> "call_sid";
        };
        return (scope.isPresent() ? TENANTS_ONE : TENANTS_ALL) + FIND.replace("{sid}", column);
    }

    private static String text(Sid sid) {
        return switch (sid) {
            case Sid.OfRecording of -> of.sid().value();
            case Sid.OfCall of -> of.sid().value();
        };
    }

    private Uni<List<Inspected>> withHistories(List<Found> found) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Long[] ids = found.stream().map(Found::id).toArray(Long[]::new);
        return database.rows(HISTORY, PgInspection::remembered, ids, (long) MOST_CHANGES)
                .map(changes -> {
                    Map<Long, List<Change>> histories = changes.stream()
                            .collect(Collectors.groupingBy(
                                    Remembered::recording,
                                    Collectors.mapping(Remembered::change, Collectors.toList())));
                    return found.stream()
                            .map(each -> with(each.inspected(), histories.getOrDefault(each.id(), List.of())))
                            .toList();
                });
    }

    private static Inspected with(Inspected of, List<Change> history) {
        return new Inspected(
                of.recording(),
                of.format(),
                of.lane(),
                of.priority(),
                of.failures(),
                of.countedAttempts(),
                of.reason(),
                of.isFinal(),
                of.twilioCode(),
                of.traceparent(),
                of.moments(),
                List.copyOf(history));
    }

    private static Found found(Row row) {
        ClaimStatements.Seen seen = ClaimStatements.Seen.of(row);
        RecordingRow read = seen.row();
        return new Found(
                Rows.required(read.id),
                new Inspected(
                        seen.recording(),
                        read.format.name().toLowerCase(Locale.ROOT),
                        read.lane,
                        row.getInteger("priority"),
                        row.getInteger("failures"),
                        row.getInteger("counted_attempts"),
                        Optional.ofNullable(read.reason),
                        read.failedForGood,
                        code(row),
                        Optional.ofNullable(read.traceparent),
                        moments(row),
                        List.of()));
    }

    private static Map<Moment, Instant> moments(Row row) {
        Map<Moment, Instant> moments = new EnumMap<>(Moment.class);
        Stream.of(Moment.values()).forEach(moment -> {
            OffsetDateTime at = row.getOffsetDateTime(moment.name().toLowerCase(Locale.ROOT));
            if (at != null) {
                moments.put(moment, at.toInstant());
            }
        });
        return moments;
    }

    private static Remembered remembered(Row row) {
        return new Remembered(
                row.getLong("recording_id"),
                new Change(
                        Rows.required(row.getOffsetDateTime("at")).toInstant(),
                        row.getString("state").toLowerCase(Locale.ROOT),
                        row.getInteger("generation"),
                        row.getInteger("attempt"),
                        Lane.valueOf(row.getString("lane")),
                        reason(row.getString("reason")),
                        code(row)));
    }

    private static Optional<FailureReason> reason(@Nullable String name) {
        return Optional.ofNullable(name).map(FailureReason::valueOf);
    }

    private static OptionalInt code(Row row) {
        Integer code = row.getInteger("twilio_code");
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    @Override
    public Uni<Integer> forget(Duration keep, int atMost) {
        return database.rows(
                        FORGET + " returning 1 as gone", row -> row.getInteger("gone"), (double) keep.toMillis(), (long)
                                atMost)
                .map(List::size);
    }
}
