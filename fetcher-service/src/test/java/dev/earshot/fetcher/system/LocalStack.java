package dev.earshot.fetcher.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real parts, started by {@code deploy/local} in a JVM of their own; they end when this one lets go of them. */
public class LocalStack implements QuarkusTestResourceLifecycleManager {
    private static volatile @Nullable JsonNode coordinates;

    private @Nullable Process process;

    /** What {@code run/stack.json} says. */
    static JsonNode coordinates() {
        JsonNode known = coordinates;
        if (known == null) {
            throw new IllegalStateException("the stack has not been started");
        }
        return known;
    }

    @Override
    public Map<String, String> start() {
        try {
            Path home = Files.createTempDirectory(Path.of("target"), "stack-").toAbsolutePath();
            process = launch(home);
            JsonNode stack = JsonMapper.builder()
                    .build()
                    .readTree(home.resolve("run").resolve("stack.json").toFile());
            coordinates = stack;
            JsonNode s3 = stack.path("s3");
            return Map.ofEntries(
                    Map.entry(
                            "kafka.bootstrap.servers",
                            stack.path("kafkaBootstrap").asText()),
                    Map.entry(
                            "quarkus.s3.endpoint-override", s3.path("endpoint").asText()),
                    Map.entry("quarkus.s3.aws.region", s3.path("region").asText()),
                    Map.entry("quarkus.s3.path-style-access", "true"),
                    Map.entry("quarkus.s3.aws.credentials.type", "static"),
                    Map.entry(
                            "quarkus.s3.aws.credentials.static-provider.access-key-id",
                            s3.path("accessKey").asText()),
                    Map.entry(
                            "quarkus.s3.aws.credentials.static-provider.secret-access-key",
                            s3.path("secretKey").asText()),
                    Map.entry("earshot.store.bucket", s3.path("bucket").asText()),
                    Map.entry(
                            "earshot.twilio.base-url",
                            stack.path("simulatorUrl").asText()),
                    Map.entry(
                            "earshot.accounts.directory",
                            home.resolve("config/fetcher/accounts").toString()),
                    Map.entry("earshot.files.interval", "100ms"),
                    Map.entry("earshot.spool.directory", home.resolve("spool").toString()),
                    Map.entry("earshot.store.multipart-threshold", "5M"),
                    Map.entry("earshot.store.part-size", "5M"),
                    // Each test lists what it wants to be listed.
                    Map.entry("earshot.listing.every", "0s"),
                    // So patient that what ready tells does not depend on how busy this machine is.
                    Map.entry("earshot.peaks.wait", "20s"),
                    Map.entry("earshot.fetch.first-byte-timeout", "2s"),
                    Map.entry("earshot.fetch.idle-timeout", "1s"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            running.getOutputStream().close();
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (IOException e) {
            running.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process launch(Path home) throws IOException {
        Path jar = jar();
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
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader lines = started.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("The infrastructure is ready")) {
                return started;
            }
        }
        throw new IllegalStateException("the local stack did not start:\n" + said);
    }

    private static Path jar() {
        Path jar = Path.of("..", "deploy", "local", "target", "earshot-local.jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    jar + " is missing; build it with: ./mvnw package -DskipTests -pl deploy/local -am");
        }
        return jar;
    }
}
