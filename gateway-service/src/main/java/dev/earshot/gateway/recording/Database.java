package dev.earshot.gateway.recording;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs one statement at a time, within a bounded time. Other features keep tables of their own with it, never recordings. */
@ApplicationScoped
public class Database {
    private final Pool pool;
    private final Duration timeout;

    Database(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.timeout = config.timeout();
    }

    public <T> Uni<List<T>> rows(String sql, Function<Row, T> read, @Nullable Object... parameters) {
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
                .onFailure(failure -> !(failure instanceof RecordingsUnavailableException) && !isOurs(failure))
                .transform(RecordingsUnavailableException::new);
    }

    /**
     * A bug of ours, or a statement that this data can never satisfy: trying again does not help, and a caller who is told
     * that the database is down would wait for nothing. Any doubt is the database's.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
     */
    static boolean isOurs(Throwable failure) {
        if (failure instanceof NullPointerException
                || failure instanceof IllegalArgumentException
                || failure instanceof ClassCastException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof ArithmeticException) {
            return true;
        }
        String state = sqlState(failure);
        // Data exceptions and constraint violations. A missing table or right is the deployment's fault, not the
        // data's.
        return state.startsWith("22") || state.startsWith("23");
    }

    /** A unique key was there already. */
    static boolean isDuplicate(Throwable failure) {
        return sqlState(failure).equals("23505");
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refused && refused.getSqlState() != null) {
                return refused.getSqlState();
            }
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return refused.getSQLState();
            }
        }
        return "";
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
