package dev.earshot.gateway.recording;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.tenant.TenantPolicy;
import dev.earshot.gateway.tenant.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prefetching on PostgreSQL: one statement for a whole batch. */
@ApplicationScoped
class PgPrefetches implements Prefetches {
    /** After a completed call's, which somebody is likelier to play soon; before a backfill's. */
    private static final int PRIORITY = 10;
    /** Who lost a race for a row so often may as well believe that somebody fetches it. */
    private static final int TRIES = 4;
    /**
     * Rows in one statement: some ten milliseconds, well below {@code earshot.database.timeout} on the busiest machine, and no
     * longer are its locks held. No key: there is nothing to gain by another value.
     */
    private static final int BATCH = 500;
    /** Longer than there are recordings of anything. */
    static final Duration ANY_AGE = Duration.ofDays(365_000);

    private static final String OF_CALLS = """
            select distinct on (call_sid) call_sid, recording_sid from recording
            where tenant = $1 and call_sid = any($2) and state <> 'DELETED'
            order by call_sid, began_at desc, id desc""";

    /**
     * Locks in one order, so that two batches cannot wait for each other; who waited looks again at what the row has become.
     * An evicted one's next object is a new generation, as on a claim. What is read beside is as it was before.
     *
     * <p>No joins, on purpose: of a table that it knows nothing of, the planner joins each with each.
     */
    private static final String MARK = """
            with due as materialized (
                select id as due_id from recording
                where tenant = $1 and recording_sid = any($2)
                    and (state = 'EVICTED'
                        or began_at >= now() - $3 * interval '1 ms'
                            and (state = 'REGISTERED' or state = 'FAILED' and not failed_for_good and claimable_at <= now()))
                order by id for update),
            marked as (
                update recording set state = 'WAITING', lane = 'BULK', priority = $4,
                    generation = generation + case when state = 'EVICTED' then 1 else 0 end,
                    failures = 0, counted_attempts = 0, not_audio_attempts = 0, failing_since = null,
                    promised_at = now(), fetch_due_at = now(), published_at = null, not_before = null,
                    reason = null, twilio_code = null, claimable_at = null, format = $5, traceparent = $6,
                    changed_at = now(), revision = revision + 1
                where id = any(array(select due_id from due))
                returning id as marked_id)
            select *, now() as read_at, id in (select marked_id from marked) as begun from recording
            where tenant = $1 and recording_sid = any($2)""";

    private final Database database;
    private final Tenants tenants;

    PgPrefetches(Database database, Tenants tenants) {
        this.database = database;
        this.tenants = tenants;
    }

    /** A row as it was, and whether it is Waiting now by our doing. */
    private record Met(RecordingRow row, Recording recording, boolean begun) {
        static Met of(Row row) {
            ClaimStatements.Seen seen = ClaimStatements.Seen.of(row);
            return new Met(seen.row(), seen.recording(), row.getBoolean("begun"));
        }

        String sid() {
            return row.recordingSid;
        }

        /** Empty if somebody else changed the row at the same time: what is read is no longer so. */
        Optional<Marked> marked(Sid sid, Duration window) {
            return switch (row.state) {
                case FETCHING, WAITING -> Optional.of(underWay(sid));
                case REGISTERED, READY, FAILED, EVICTED, DELETED ->
                    begun ? Optional.of(underWay(sid)) : asListener(sid, window);
            };
        }

        Marked underWay(Sid sid) {
            return new Marked(sid, begun, new Playability.Preparing(recording));
        }

        private Optional<Marked> asListener(Sid sid, Duration window) {
            return Listening.step(row, recording, window) instanceof Listening.Step.Answer answer
                    ? Optional.of(new Marked(sid, false, answer.playability()))
                    : Optional.empty();
        }
    }

    @Override
    public Uni<List<Marked>> prefetch(Tenant tenant, List<Sid> sids, Wanted wanted) {
        return Multi.createFrom()
                .iterable(sids)
                .group()
                .intoLists()
                .of(BATCH)
                .onItem()
                .transformToUniAndConcatenate(batch -> batch(tenant, batch, wanted))
                .collect()
                .in(() -> (List<Marked>) new ArrayList<Marked>(), List::addAll);
    }

    private Uni<List<Marked>> batch(Tenant tenant, List<Sid> batch, Wanted wanted) {
        return ofCalls(tenant, batch).chain(ofCalls -> mark(tenant, batch, ofCalls, wanted, TRIES));
    }

    private Uni<List<Marked>> mark(
            Tenant tenant, List<Sid> batch, Map<String, String> ofCalls, Wanted wanted, int tries) {
        TenantPolicy policy = tenants.policy(tenant);
        Duration window = wanted.anyAge() ? ANY_AGE : policy.playbackWindow();
        return database.rows(
                        MARK,
                        Met::of,
                        tenant.value(),
                        batch.stream()
                                .map(sid -> recordingSid(sid, ofCalls))
                                .flatMap(Optional::stream)
                                .distinct()
                                .toArray(String[]::new),
                        (double) window.toMillis(),
                        PRIORITY,
                        policy.format().name(),
                        wanted.traceparent().orElse(null))
                .chain(rows -> told(tenant, batch, ofCalls, wanted, tries, window, rows));
    }

    /** Those whose rows moved in between are asked for again. */
    private Uni<List<Marked>> told(
            Tenant tenant,
            List<Sid> batch,
            Map<String, String> ofCalls,
            Wanted wanted,
            int tries,
            Duration window,
            List<Met> rows) {
        Map<String, Met> met = rows.stream().collect(Collectors.toMap(Met::sid, Function.identity()));
        Map<Sid, Marked> told = new LinkedHashMap<>();
        List<Sid> lost = new ArrayList<>();
        for (Sid sid : batch) {
            Met found = recordingSid(sid, ofCalls).map(met::get).orElse(null);
            if (found == null) {
                told.put(sid, new Marked(sid, false, new Playability.Unknown()));
                continue;
            }
            found.marked(sid, window).ifPresentOrElse(marked -> told.put(sid, marked), () -> {
                told.put(sid, found.underWay(sid));
                lost.add(sid);
            });
        }
        return lost.isEmpty() || tries == 0
                ? Uni.createFrom().item(List.copyOf(told.values()))
                : mark(tenant, lost, ofCalls, wanted, tries - 1)
                        .invoke(again -> again.forEach(marked -> told.put(marked.sid(), marked)))
                        .map(ignored -> List.copyOf(told.values()));
    }

    private static Optional<String> recordingSid(Sid sid, Map<String, String> ofCalls) {
        return switch (sid) {
            case Sid.OfRecording of -> Optional.of(of.sid().value());
            case Sid.OfCall of -> Optional.ofNullable(ofCalls.get(of.sid().value()));
        };
    }

    private Uni<Map<String, String>> ofCalls(Tenant tenant, List<Sid> batch) {
        String[] calls = batch.stream()
                .flatMap(
                        sid -> sid instanceof Sid.OfCall of ? Stream.of(of.sid().value()) : Stream.empty())
                .toArray(String[]::new);
        return calls.length == 0
                ? Uni.createFrom().item(Map.of())
                : database.rows(
                                OF_CALLS,
                                row -> Map.entry(row.getString("call_sid"), row.getString("recording_sid")),
                                tenant.value(),
                                calls)
                        .map(rows -> rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
