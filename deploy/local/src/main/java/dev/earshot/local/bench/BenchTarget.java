package dev.earshot.local.bench;

import dev.earshot.local.ControlClient;
import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** The running stack as a measurement sees it: from outside. */
final class BenchTarget {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ControlClient control;
    private final JsonObject stack;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    BenchTarget(StackHome home) throws IOException {
        control = new ControlClient(home);
        stack = new JsonObject(Files.readString(home.stackFile()));
    }

    URI gateway() {
        return URI.create(stack.getString("gatewayUrl"));
    }

    JsonObject post(String path, JsonObject body) throws StackFailure, InterruptedException {
        return control.post(path, body);
    }

    void service(String name, String action) throws StackFailure, InterruptedException {
        post("/control/services/" + name + "/" + action, new JsonObject());
    }

    int get(String path, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway().resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String metrics() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.getString("gatewayManagementUrl") + "/q/metrics"))
                .timeout(PATIENCE)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** All who wait in the gateway now. */
    long waiting() throws IOException, InterruptedException {
        String metrics = metrics();
        return sum(metrics, "earshot_waiters", "") + sum(metrics, "earshot_push_streams", "");
    }

    /** How many files the gateway may open. */
    long mostFiles() throws IOException, InterruptedException {
        return sum(metrics(), "process_files_max_files", "");
    }

    GatewayUse use() throws IOException, InterruptedException, StackFailure, SQLException {
        String metrics = metrics();
        return new GatewayUse(
                residentKib(),
                sum(metrics, "jvm_memory_used_bytes", "area=\"heap\""),
                // Pools without a limit of their own say -1; the old generation's is the heap's.
                largest(metrics, "jvm_memory_max_bytes", "area=\"heap\""),
                sum(metrics, "jvm_threads_live_threads", ""),
                connections(),
                sum(metrics, "process_files_open_files", ""));
    }

    /** To go on is nothing for a service that runs, and the answer names its process. 0 where there is no /proc. */
    private long residentKib() throws IOException, StackFailure, InterruptedException {
        Path status = Path.of(
                "/proc",
                String.valueOf(post("/control/services/gateway/continue", new JsonObject())
                        .getLong("pid")),
                "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static long sum(String metrics, String name, String label) {
        return (long) metrics.lines()
                .filter(line -> isOf(line, name, label))
                .mapToDouble(BenchTarget::value)
                .sum();
    }

    private static long largest(String metrics, String name, String label) {
        return (long) metrics.lines()
                .filter(line -> isOf(line, name, label))
                .mapToDouble(BenchTarget::value)
                .max()
                .orElse(0);
    }

    private static boolean isOf(String line, String name, String label) {
        return (line.startsWith(name + " ") || line.startsWith(name + "{")) && line.contains(label);
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** Those of the gateway: ours are not counted. */
    private long connections() throws SQLException {
        return number(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
                        + " and backend_type = 'client backend' and ? <> ''",
                "-");
    }

    /**
     * When the recording became ready, in microseconds since 1970: the database's clock inside the transaction, so before its
     * commit and before anybody could know. Not ready_at, which is when the fetcher had confirmed the object. 0 if it is not ready.
     */
    long readyAtMicros(String sid) throws SQLException {
        return number(
                "select cast(extract(epoch from changed_at) * 1000000 as bigint) from recording where state = 'READY'"
                        + " and recording_sid = ?",
                sid);
    }

    private long number(String sql, String parameter) throws SQLException {
        JsonObject postgres = stack.getJsonObject("postgres");
        try (Connection connection = DriverManager.getConnection(
                        postgres.getString("directJdbcUrl"),
                        postgres.getString("user"),
                        postgres.getString("password"));
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        }
    }
}
