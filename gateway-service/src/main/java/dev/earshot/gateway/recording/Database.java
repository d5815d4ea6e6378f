package dev.earshot.gateway.recording;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Runs one statement at a time, within a bounded time. */
@ApplicationScoped
class Database {
    private final Pool pool;
    private final Duration timeout;

    Database(Pool pool, @ConfigProperty(name = "earshot.database.timeout", defaultValue = "3s") Duration timeout) {
        this.pool = pool;
        this.timeout = timeout;
    }

    <T> Uni<List<T>> rows(String sql, Function<Row, T> read, @Nullable Object... parameters) {
        return bounded(pool.preparedQuery(sql).execute(tuple(parameters)).map(rows -> list(rows, read)));
    }

    /** Takes the cluster-wide lock for this transaction, then runs the statement on what others have committed by now. */
    <T> Uni<List<T>> rowsUnderLock(long lock, String sql, Function<Row, T> read, @Nullable Object... parameters) {
        return bounded(pool.withTransaction(connection -> connection
                .preparedQuery("select pg_advisory_xact_lock($1)")
                .execute(Tuple.of(lock))
                .chain(ignored -> connection.preparedQuery(sql).execute(tuple(parameters)))
                .map(rows -> list(rows, read))));
    }

    <T> Uni<T> bounded(Uni<T> work) {
        return work.ifNoItem()
                .after(timeout)
                .fail()
                .onFailure(failure -> !(failure instanceof RecordingsUnavailableException))
                .transform(RecordingsUnavailableException::new);
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        List<T> list = new ArrayList<>();
        rows.forEach(row -> list.add(read.apply(row)));
        return list;
    }

    private static Tuple tuple(@Nullable Object... parameters) {
        Tuple tuple = Tuple.tuple();
        for (@Nullable Object parameter : parameters) {
            tuple.addValue(
                    parameter instanceof java.time.Instant instant
                            ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC)
                            : parameter);
        }
        return tuple;
    }
}
