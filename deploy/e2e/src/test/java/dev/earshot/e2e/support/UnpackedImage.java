package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An image that {@code deploy/images} has built and unpacked: started with its own entry point in its own folder, and configured by environment variables alone, as a container is.
 * The JVM is the tests' own.
 */
public final class UnpackedImage {
    private static final Path IMAGES =
            Path.of("../images/target/images").toAbsolutePath().normalize();

    private final String name;
    private final Path root;

    private UnpackedImage(String name, Path root) {
        this.name = name;
        this.root = root;
    }

    /** @param service gateway or fetcher */
    public static UnpackedImage of(String service) {
        String name = service + "-service";
        assertThat(IMAGES.resolve(name))
                .as("unpacked by the tests of deploy/images: run ./mvnw verify -pl deploy/images")
                .isDirectory();
        return new UnpackedImage(name, IMAGES.resolve(name));
    }

    /** @param path absolute in the image */
    public Path file(String path) {
        return root.resolve(path.substring(1));
    }

    public Process start(Map<String, String> properties, Path log) throws IOException {
        JsonNode config = config();
        List<String> command = new ArrayList<>();
        config.path("Entrypoint").forEach(argument -> command.add(argument.asText()));
        assertThat(command.getFirst()).isEqualTo("java");
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(file(config.path("WorkingDir").asText()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        properties.forEach((key, value) -> builder.environment().put(variable(key), value));
        return builder.start();
    }

    /** The keys with which the stack runs the service, but for its ports; its credentials are in the environment already. */
    public static Map<String, String> propertiesOf(String service) {
        ProcessHandle running =
                ProcessHandle.of(RunningService.of(service).pid()).orElseThrow();
        return Arrays.stream(running.info().arguments().orElseThrow())
                .filter(argument -> argument.startsWith("-Dearshot.")
                        || argument.startsWith("-Dquarkus.")
                        || argument.startsWith("-Dkafka."))
                .map(argument -> argument.substring(2).split("=", 2))
                .filter(property -> !property[0].equals("earshot.local.service"))
                // Its secret is no argument, so without the console.
                .filter(property -> !property[0].startsWith("earshot.console."))
                .collect(Collectors.toMap(property -> property[0], property -> property[1], (a, b) -> b, TreeMap::new));
    }

    /** As MicroProfile Config reads it: whatever is no letter or digit is an underscore. */
    private static String variable(String key) {
        return key.contains(".") ? key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT) : key;
    }

    private JsonNode config() throws IOException {
        JsonNode index = entry("index.json");
        JsonNode manifest = blob(index.path("manifests").get(0));
        return blob(manifest.path("config")).path("config");
    }

    private JsonNode blob(JsonNode descriptor) throws IOException {
        return entry("blobs/" + descriptor.path("digest").asText().replace(':', '/'));
    }

    private JsonNode entry(String path) throws IOException {
        Process tar =
                new ProcessBuilder("tar", "-xOf", IMAGES.resolve(name + ".tar").toString(), path).start();
        return Http.JSON.readTree(new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** What it logged, for the message of a failure. */
    public static String log(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException none) {
            return none.toString();
        }
    }
}
