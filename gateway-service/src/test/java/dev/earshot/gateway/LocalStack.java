package dev.earshot.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The real PostgreSQL, Kafka, S3 server and OpenID provider of deploy/local, in a process of their own on free ports.
 * It ends when its standard input does, so it never outlives the tests.
 */
public final class LocalStack implements QuarkusTestResourceLifecycleManager {
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private @Nullable Process process;

    @Override
    public Map<String, String> start() {
        try {
            Path home = Files.createTempDirectory("earshot-gateway-tests");
            JsonNode stack = up(home);
            return configuration(home, stack);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode up(Path home) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("earshot.local.jar", "../deploy/local/target/earshot-local.jar"));
        if (!Files.exists(jar)) {
            throw new IllegalStateException("Build the local stack first: ./mvnw package -pl deploy/local -am");
        }
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "up",
                        "--infra-only",
                        "--ports",
                        "free",
                        "--home",
                        home.toString(),
                        "--exit-with-stdin")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("stack.out").toFile())
                .start();
        process = started;
        Path run = home.resolve("run/stack.json");
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.exists(run)
                || !Files.readString(home.resolve("stack.out")).contains("infrastructure is ready")) {
            if (started.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "The local stack did not start: " + Files.readString(home.resolve("stack.out")));
            }
        }
        return new ObjectMapper().readTree(run.toFile());
    }

    private static Map<String, String> configuration(Path home, JsonNode stack) {
        Map<String, String> keys = new HashMap<>();
        keys.put("kafka.bootstrap.servers", stack.get("kafkaBootstrap").asText());
        JsonNode postgres = stack.get("postgres");
        keys.put("quarkus.datasource.reactive.url", postgres.get("reactiveUrl").asText());
        keys.put("quarkus.datasource.jdbc.url", postgres.get("jdbcUrl").asText());
        keys.put("quarkus.datasource.username", postgres.get("user").asText());
        keys.put("quarkus.datasource.password", postgres.get("password").asText());
        JsonNode s3 = stack.get("s3");
        keys.put("quarkus.s3.endpoint-override", s3.get("endpoint").asText());
        keys.put("quarkus.s3.aws.region", s3.get("region").asText());
        keys.put("quarkus.s3.aws.credentials.type", "static");
        keys.put(
                "quarkus.s3.aws.credentials.static-provider.access-key-id",
                s3.get("accessKey").asText());
        keys.put(
                "quarkus.s3.aws.credentials.static-provider.secret-access-key",
                s3.get("secretKey").asText());
        keys.put("earshot.store.bucket", s3.get("bucket").asText());
        keys.put("quarkus.oidc.auth-server-url", stack.get("oidcIssuer").asText());
        keys.put("earshot.public-url", "http://127.0.0.1:8080");
        keys.put(
                "earshot.accounts.directory",
                home.resolve("config/gateway/accounts").toString());
        keys.put(
                "earshot.tenants.directory",
                home.resolve("config/gateway/tenants").toString());
        keys.put("earshot.test.control-url", stack.get("controlUrl").asText());
        keys.put("quarkus.http.test-port", "0");
        keys.put("quarkus.management.test-port", "0");
        return keys;
    }

    @Override
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        try (OutputStream stdin = running.getOutputStream()) {
            stdin.flush();
        } catch (IOException e) {
            running.destroy();
        }
        try {
            if (!running.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
