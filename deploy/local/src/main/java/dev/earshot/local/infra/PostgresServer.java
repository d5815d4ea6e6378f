package dev.earshot.local.infra;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL from the embedded binaries, with a database and an ordinary (not superuser) role for the gateway that has to give its
 * password, as in production.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "earshot";
    public static final String PASSWORD = "earshot-local";
    public static final String DATABASE = "earshot";

    private static final String HOST_RULES = """
            # Written by the local stack. The superuser is used by the stack itself only.
            local all all trust
            host all postgres 127.0.0.1/32 trust
            host all postgres ::1/128 trust
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts the server and makes role and database if they are missing.
     *
     * @param data kept between runs
     * @param log where the server's own output goes
     */
    public static PostgresServer start(Path data, Path log, int port) throws IOException, SQLException {
        Redirect output = Redirect.appendTo(log.toFile());
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries().toFile())
                .setDataDirectoryCustomizer(directory -> writeHostRules(directory.toPath()))
                .setServerConfig("listen_addresses", "127.0.0.1")
                // A claim's commit is a promise: it has to survive a killed server here as well.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("timezone", "UTC")
                .setPGStartupWait(Duration.ofSeconds(60))
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setOutputRedirector(output)
                .setErrorRedirector(output)
                .start();
        PostgresServer started = new PostgresServer(server);
        try {
            started.createRoleAndDatabase();
        } catch (SQLException failure) {
            started.close();
            throw failure;
        }
        return started;
    }

    public int port() {
        return server.getPort();
    }

    /** The process to end if this JVM dies without closing: the first line of postmaster.pid. */
    public static @Nullable Long pid(Path data) {
        try {
            Path file = data.resolve("postmaster.pid");
            return Files.exists(file)
                    ? Long.valueOf(Files.readAllLines(file).getFirst().strip())
                    : null;
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Unpacked once per user and version, not once per data folder. */
    private static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "earshot-postgres-" + System.getProperty("user.name"));
    }

    private static void writeHostRules(Path data) {
        try {
            Files.writeString(data.resolve("pg_hba.conf"), HOST_RULES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void createRoleAndDatabase() throws SQLException {
        DataSource administrator = server.getPostgresDatabase();
        try (Connection connection = administrator.getConnection();
                Statement statement = connection.createStatement()) {
            if (isEmpty(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'")) {
                statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
            }
            if (isEmpty(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
            }
        }
    }

    private static boolean isEmpty(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }
}
