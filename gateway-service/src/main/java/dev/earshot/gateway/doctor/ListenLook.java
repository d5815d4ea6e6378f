package dev.earshot.gateway.doctor;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Misconfigured;
import dev.earshot.doctor.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the reactive URL leads to the same database, and hears what is notified there: through a pooler that shares connections it would not,
 * and listeners would wait for the next look of a timer.
 */
final class ListenLook {
    static final String NAME = "listen";
    static final String REACTIVE = "quarkus.datasource.reactive.url";
    private static final String CHANNEL = "earshot_doctor";
    /** Two databases with one name differ in when their server has started, or in their number there. */
    private static final String IDENTITY =
            "select pg_postmaster_start_time()::text || '/' || (select oid from pg_database where datname = current_database())";

    private final PgConnectOptions options;
    private final Duration patience;

    /** @throws Misconfigured if the URL is none */
    ListenLook(Settings settings, Duration patience) {
        this.patience = patience;
        try {
            this.options = PgConnectOptions.fromUri(settings.text(REACTIVE).replaceFirst("^vertx-reactive:", ""))
                    .setUser(settings.text("quarkus.datasource.username"))
                    .setPassword(settings.text("quarkus.datasource.password"));
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(REACTIVE + " must be postgresql://host:port/database", List.of(REACTIVE));
        }
        options.setConnectTimeout((int) patience.toMillis());
    }

    /** @param jdbc the other way to the database */
    Finding finding(Connection jdbc) throws SQLException, InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        try {
            PgConnection connection = await(PgConnection.connect(vertx, options));
            CompletableFuture<String> heard = new CompletableFuture<>();
            connection.notificationHandler(notification -> heard.complete(notification.getPayload()));
            String identity = await(connection
                    .query(IDENTITY)
                    .execute()
                    .map(rows -> rows.iterator().next().getString(0)));
            await(connection.query("listen " + CHANNEL).execute());
            boolean same = identity.equals(identity(jdbc));
            return judge(same, same && isHeard(jdbc, heard));
        } catch (ExecutionException | TimeoutException e) {
            return failure(e.getCause());
        } finally {
            var unused = vertx.close();
        }
    }

    private static Finding judge(boolean same, boolean heard) {
        if (!same) {
            return Finding.error(
                    NAME,
                    "the two URLs lead to different databases",
                    "name one database by both",
                    REACTIVE,
                    DatabaseCheck.JDBC);
        }
        return heard
                ? Finding.ok(NAME, REACTIVE + " hears what is notified there")
                // A database that is slow looks like this, too; and the gateway polls where it hears nothing.
                : Finding.unreachable(
                        NAME,
                        "a NOTIFY is not heard by " + REACTIVE,
                        "lead it to the database directly, and not through a pooler that shares connections",
                        REACTIVE);
    }

    private boolean isHeard(Connection jdbc, CompletableFuture<String> heard)
            throws SQLException, InterruptedException, ExecutionException {
        String word = UUID.randomUUID().toString();
        try (Statement statement = jdbc.createStatement()) {
            statement.execute("notify " + CHANNEL + ", '" + word + "'");
        }
        try {
            // Another doctor's word proves as much.
            return !heard.get(patience.toMillis(), TimeUnit.MILLISECONDS).isEmpty();
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static String identity(Connection jdbc) throws SQLException {
        try (Statement statement = jdbc.createStatement();
                ResultSet rows = statement.executeQuery(IDENTITY)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    private static Finding failure(@Nullable Throwable cause) {
        return cause instanceof PgException refused && !DatabaseJudgement.isAway(refused.getSqlState())
                ? Finding.error(
                        NAME,
                        REACTIVE + " is refused with SQL state " + refused.getSqlState(),
                        "name the same database as " + DatabaseCheck.JDBC,
                        REACTIVE)
                : Finding.unreachable(
                        NAME,
                        "no database answers at " + REACTIVE,
                        "name the same database as " + DatabaseCheck.JDBC,
                        REACTIVE);
    }

    private <T> T await(Future<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
