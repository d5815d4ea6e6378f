package dev.earshot.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real PostgreSQL, Kafka, S3 and OpenID provider of deploy/local, in a JVM of their own. With the system property
 * {@code earshot.test.stack} (its folder) a stack that already runs is used.
 */
public final class LocalStack implements QuarkusTestResourceLifecycleManager {
    /** What session cookies are encrypted with. */
    public static final String COOKIE_SECRET = "a secret of no worth, for tests alone";

    private static final long START_SECONDS = 90;
    private static final long STOP_SECONDS = 20;

    /** The folder of a stack that runs; Quarkus loads this class anew for each profile, and only this is shared. */
    private static final String RUNNING = "earshot.test.stack";

    @Override
    public Map<String, String> start() {
        try {
            if (System.getProperty(RUNNING) == null) {
                System.setProperty(RUNNING, startOwn().toString());
            }
            return properties(Path.of(System.getProperty(RUNNING)));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the local stack did not start", e);
        }
    }

    /** One stack for the whole run; it ends when our end of its standard input closes. */
    private static Path startOwn() throws IOException, InterruptedException {
        Path home = Path.of("target/edge-stack").toAbsolutePath();
        File log = new File("target/edge-stack.log");
        Files.deleteIfExists(log.toPath());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-jar",
                        "../deploy/local/target/earshot-local.jar",
                        "up",
                        "--infra-only",
                        "--fresh",
                        "--exit-with-stdin",
                        "--ports",
                        "free",
                        "--home",
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "local stack"));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(log.toPath()) || !Files.readString(log.toPath()).contains("infrastructure is ready")) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > until) {
                throw new IllegalStateException("the local stack did not start, see " + log);
            }
        }
        return home;
    }

    /** Nothing is left when the build goes on. */
    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> properties(Path home) throws IOException {
        JsonNode stack =
                new ObjectMapper().readTree(home.resolve("run/stack.json").toFile());
        Map<String, String> properties = new HashMap<>();
        JsonNode postgres = stack.get("postgres");
        properties.put(
                "quarkus.datasource.reactive.url", postgres.get("reactiveUrl").asText());
        properties.put("quarkus.datasource.jdbc.url", postgres.get("jdbcUrl").asText());
        properties.put("quarkus.datasource.username", postgres.get("user").asText());
        properties.put("quarkus.datasource.password", postgres.get("password").asText());
        properties.put("kafka.bootstrap.servers", stack.get("kafkaBootstrap").asText());
        JsonNode s3 = stack.get("s3");
        properties.put("quarkus.s3.endpoint-override", s3.get("endpoint").asText());
        properties.put("quarkus.s3.aws.region", s3.get("region").asText());
        properties.put("quarkus.s3.path-style-access", "true");
        properties.put("quarkus.s3.aws.credentials.type", "static");
        properties.put(
                "quarkus.s3.aws.credentials.static-provider.access-key-id",
                s3.get("accessKey").asText());
        properties.put(
                "quarkus.s3.aws.credentials.static-provider.secret-access-key",
                s3.get("secretKey").asText());
        properties.put("earshot.store.bucket", s3.get("bucket").asText());
        properties.put("quarkus.oidc.auth-server-url", stack.get("oidcIssuer").asText());
        properties.put(
                "earshot.accounts.directory",
                home.resolve("config/gateway/accounts").toString());
        properties.put(
                "earshot.tenants.directory",
                home.resolve("config/gateway/tenants").toString());
        properties.put(
                "earshot.tickets.keys-file",
                home.resolve("config/gateway/ticket-keys").toString());
        properties.put("earshot.public-url", "https://earshot.example");
        properties.put("earshot.console.client-id", "earshot-console");
        properties.put("earshot.console.cookie-secret", COOKIE_SECRET);
        properties.put("earshot.console.simulator-url", "http://127.0.0.1:8085/");
        properties.put("earshot.test.control", stack.get("controlUrl").asText());
        properties.put("earshot.test.s3.data", home.resolve("data/s3").toString());
        // Tests wait for these.
        properties.put("earshot.push.heartbeat", "1s");
        properties.put("earshot.backfill.interval", "200ms");
        properties.put("earshot.last-played.interval", "300ms");
        properties.put("quarkus.http.test-port", "0");
        properties.put("quarkus.management.test-port", "0");
        return properties;
    }

    @Override
    public void stop() {
        // The stack serves the whole run.
    }
}
