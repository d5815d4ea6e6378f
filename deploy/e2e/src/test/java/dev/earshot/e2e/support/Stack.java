package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The local stack of a test run, one for all classes but those that need other options: the real servers, the simulator and both packaged services, on free ports. It is
 * started by the first test that needs it and ends with the test JVM, whose end closes its standard input.
 *
 * <p>Its services have short intervals, so that a test sees in seconds what an operator sees in minutes. What they
 * are is written here and nowhere else.
 */
public final class Stack implements AutoCloseable {
    /** The size cap of a recording in bytes. */
    public static final long MAX_SIZE_BYTES = 64L << 20;
    /** Counted attempts before a fetch is given up. */
    public static final int MAX_ATTEMPTS = 3;
    /** The playback window of every tenant, in days. */
    public static final int WINDOW_DAYS = 7;

    /** Its services drain for 15 s at most. */
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static volatile @Nullable Stack instead;

    private final Path home;
    private final Process process;
    private final JsonNode coordinates;

    private Stack(Path home, String... options) {
        this.home = home;
        try {
            process = start(options);
            coordinates = awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started when it is first needed. */
    private static final class Usual {
        private static final Stack STACK = new Stack(Path.of("target/stack").toAbsolutePath());
    }

    public static Stack running() {
        Stack other = instead;
        return other == null ? Usual.STACK : other;
    }

    /**
     * Starts a stack with other options of {@code up}, which is the running one until it is closed: for a test class that is isolated
     * from all others.
     */
    public static Stack startInstead(String name, String... options) {
        Stack other = new Stack(Path.of("target/stack-" + name).toAbsolutePath(), options);
        instead = other;
        return other;
    }

    /** Stops a stack that was started instead of the usual one, and looks that none of its processes is left. */
    @Override
    public void close() {
        instead = null;
        List<ProcessHandle> children = process.descendants().toList();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the stack in " + home + " has not stopped");
            }
            assertThat(children).as("processes of the stack").isNotEmpty().noneMatch(ProcessHandle::isAlive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until somebody closes it, or it ends by itself. */
    boolean isUp() {
        return process.isAlive();
    }

    /** Traces what a test asks for, by a caller's context that says so, and nothing else. */
    private static Map<String, String> tracing() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("quarkus.otel.sdk.disabled", "false");
        properties.put("quarkus.otel.traces.sampler.arg", "0");
        properties.put("quarkus.otel.exporter.otlp.protocol", "http/protobuf");
        properties.put(
                "quarkus.otel.exporter.otlp.endpoint", Collector.running().endpoint());
        properties.put("quarkus.otel.bsp.schedule.delay", "200ms");
        return properties;
    }

    private static Map<String, String> gatewayProperties() {
        Map<String, String> properties = tracing();
        properties.put("earshot.fetch.backoff.initial", "300ms");
        properties.put("earshot.fetch.backoff.max", "2s");
        properties.put("earshot.fetch.backoff.unauthorized", "1s");
        properties.put("earshot.fetch.backoff.click-floor", "200ms");
        properties.put("earshot.fetch.max-attempts", Integer.toString(MAX_ATTEMPTS));
        properties.put("earshot.sweeper.interval", "200ms");
        return properties;
    }

    private static Map<String, String> fetcherProperties() {
        Map<String, String> properties = tracing();
        properties.put("earshot.fetch.idle-timeout", "2s");
        properties.put("earshot.fetch.first-byte-timeout", "4s");
        // A matrix of failures is no outage of the account.
        properties.put("earshot.fetch.breaker.failures", "1000");
        // Only who tests that nothing is missed wants to be told of what has no webhook: MissedTest.
        properties.put("earshot.listing.every", "0s");
        // Several pages of a few recordings.
        properties.put("earshot.listing.page-size", "2");
        properties.put("earshot.fetch.max-size", Long.toString(MAX_SIZE_BYTES));
        return properties;
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                ROOT.resolve("deploy/local/target/earshot-local.jar").toString(),
                "up",
                "--fresh",
                "--exit-with-stdin",
                "--ports",
                "free",
                "--repo",
                ROOT.toString(),
                "--home",
                home.toString()));
        command.addAll(List.of(options));
        gatewayProperties().forEach((key, value) -> command.addAll(List.of("--gateway-set", key + "=" + value)));
        fetcherProperties().forEach((key, value) -> command.addAll(List.of("--fetcher-set", key + "=" + value)));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private JsonNode awaitReady() throws IOException {
        List<String> printed = new ArrayList<>();
        // Not closed: the stack writes on, and a closed pipe would end it.
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.add(line);
            if (line.startsWith("Earshot is ready: ")) {
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return Http.JSON.readTree(home.resolve("run/stack.json").toFile());
            }
        }
        throw new AssertionError("the stack did not start:\n" + String.join("\n", printed));
    }

    /** A value of run/stack.json by JSON pointer. */
    public String at(String pointer) {
        JsonNode node = coordinates.at(pointer);
        if (node.isMissingNode()) {
            throw new AssertionError(pointer + " is missing in run/stack.json");
        }
        return node.asText();
    }

    public String gatewayUrl() {
        return at("/gatewayUrl");
    }

    /** The names of all gateways, or of all fetchers. */
    public List<String> replicas(String service) {
        List<String> names = new ArrayList<>();
        for (JsonNode one : coordinates.get("services")) {
            String name = one.get("name").asText();
            if (name.equals(service) || name.startsWith(service + "-")) {
                names.add(name);
            }
        }
        return names;
    }

    String managementUrl(String name) {
        for (JsonNode one : coordinates.get("services")) {
            if (one.get("name").asText().equals(name)) {
                return one.get("managementUrl").asText();
            }
        }
        throw new AssertionError("no service " + name);
    }

    /** The folder of the repository. */
    public static Path root() {
        return ROOT;
    }

    /** The stack's folder: what EARSHOT_HOME names for the front door. */
    public static Path home() {
        return running().home;
    }

    /** The account of a tenant, or of nobody in particular where the name is {@code shared}. */
    public JsonNode account(String tenant) {
        for (JsonNode account : coordinates.get("accounts")) {
            if (account.path("tenant").asText("shared").equals(tenant)) {
                return account;
            }
        }
        throw new AssertionError("no account of " + tenant);
    }

    public String accountSid(String tenant) {
        return account(tenant).get("accountSid").asText();
    }

    /** A bearer token with exactly these claims; a tenant of {@code ""} leaves the claim out. */
    public String token(String tenant, String... roles) {
        ObjectNode wanted = Http.JSON.createObjectNode();
        if (!tenant.isEmpty()) {
            wanted.put("tenant", tenant);
        }
        wanted.set("roles", Http.JSON.valueToTree(roles));
        return Http.call("POST", at("/controlUrl") + "/control/tokens", wanted)
                .get("token")
                .asText();
    }

    /** Cuts, stalls or heals the relay in front of postgres, kafka, s3 or twilio. */
    public void relay(String name, String action) {
        Http.call("POST", at("/controlUrl") + "/control/relays/" + name + "/" + action, MissingNode.getInstance());
    }

    /** Makes connections of a relay dead for ever without telling anybody; what is new passes. A heal resets them. */
    public void abandon(String relay) {
        relay(relay, "abandon");
    }

    /** The one connection that the server sees on this port. */
    public void abandon(String relay, int serverSidePort) {
        relay(relay, "abandon?serverSidePort=" + serverSidePort);
    }

    /** Stops, kills, starts or restarts the real database server. */
    public void postgres(String action) {
        Http.call("POST", at("/controlUrl") + "/control/postgres/" + action, MissingNode.getInstance());
    }

    /** The store's next so many uploads are stored, and answered with 500. */
    public void failAfterStoring(int times) {
        Http.call(
                "POST", at("/controlUrl") + "/control/s3/fail-after-storing?times=" + times, MissingNode.getInstance());
    }

    /** A counter of a relay: {@code connections}, {@code bytesToServer} or {@code bytesToClient}. */
    public long relayed(String name, String counter) {
        for (JsonNode relay : Http.call("GET", at("/controlUrl") + "/control/relays", MissingNode.getInstance())
                .get("relays")) {
            if (relay.path("name").asText().equals(name)) {
                return relay.path(counter).asLong();
            }
        }
        throw new AssertionError("no relay " + name);
    }

    public boolean isRunning(String name) {
        for (JsonNode service : Http.call("GET", at("/controlUrl") + "/control/services", MissingNode.getInstance())
                .get("services")) {
            if (service.path("name").asText().equals(name)) {
                return service.path("running").asBoolean();
            }
        }
        throw new AssertionError("no service " + name);
    }

    /** Starts a service as told, and waits until it is ready. */
    public void start(String name, Start start) {
        act(name, "start", start);
    }

    /** Stops a service and starts it as told, and waits until it is ready. */
    public void restart(String name, Start start) {
        act(name, "restart", start);
    }

    /** Waits for a service that dies by itself: {@link Halts}. */
    public void awaitEnd(String name) {
        Eventually.eventually(
                () -> assertThat(isRunning(name)).as("%s still runs", name).isFalse());
    }

    /** How many gateways there are. */
    public int gateways() {
        return replicas("gateway").size();
    }

    private void act(String name, String action, Start start) {
        Http.call("POST", at("/controlUrl") + "/control/services/" + name + "/" + action, start.json());
    }

    /** Kills, stops, pauses, continues, starts or restarts the gateway or the fetcher, and waits until it is done. */
    public void service(String name, String action) {
        Http.call("POST", at("/controlUrl") + "/control/services/" + name + "/" + action, MissingNode.getInstance());
    }
}
