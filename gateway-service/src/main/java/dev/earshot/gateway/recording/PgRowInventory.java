package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The port on PostgreSQL. */
@ApplicationScoped
class PgRowInventory implements RowInventory {
    /** As in its index; and with {@code COLLATE "C"}, since any other order is not the store's. */
    private static final String PREFIX = "((tenant || '/' || recording_sid || '/') collate \"C\")";

    static final String ROWS = """
            select tenant, recording_sid, state, generation, object_size_bytes from recording
            where {prefix} > $1 and {prefix} < $2 order by {prefix} limit $3""".replace("{prefix}", PREFIX);

    private static final String ROW = """
            select clock_timestamp() as read_at, tenant, recording_sid, state, generation, object_size_bytes
            from (select 1) always left join recording on tenant = $1 and recording_sid = $2""";

    /** After every tenant's first character. */
    private static final String LAST = "~";

    private final Database database;

    PgRowInventory(Database database) {
        this.database = database;
    }

    /** All of a tenant's lie between its name with a slash and its name with what follows the slash. */
    @Override
    public Uni<List<Holding>> rows(Optional<Tenant> tenant, String after, int atMost) {
        String first = tenant.map(named -> named.value() + '/').orElse("");
        String last = tenant.map(named -> named.value() + (char) ('/' + 1)).orElse(LAST);
        return database.rows(ROWS, PgRowInventory::holding, after.isEmpty() ? first : after, last, (long) atMost);
    }

    @Override
    public Uni<Seen> row(RecordingKey key) {
        return database.rows(
                        ROW,
                        row -> new Seen(
                                row.getString("tenant") == null ? Optional.empty() : Optional.of(holding(row)),
                                Rows.clock(row)),
                        key.tenant().value(),
                        key.recordingSid().value())
                .map(List::getFirst);
    }

    private static Holding holding(Row row) {
        Expected expected = expected(RecordingRow.State.valueOf(row.getString("state")));
        Long size = row.getLong("object_size_bytes");
        return new Holding(
                new RecordingKey(new Tenant(row.getString("tenant")), new RecordingSid(row.getString("recording_sid"))),
                expected,
                row.getInteger("generation"),
                size == null ? 0 : size);
    }

    private static Expected expected(RecordingRow.State state) {
        return switch (state) {
            case READY -> Expected.READY;
            case REGISTERED, FETCHING, WAITING, FAILED -> Expected.COMING;
            case EVICTED -> Expected.EVICTED;
            case DELETED -> Expected.DELETED;
        };
    }
}
