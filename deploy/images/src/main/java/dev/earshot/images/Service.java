package dev.earshot.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is packed into an image, and how it is run there. */
enum Service {
    GATEWAY("gateway-service", List.of(8080, 8081), Optional.empty()),
    /** Its port is the management one: it has no API. */
    FETCHER("fetcher-service", List.of(9000), Optional.of("/var/spool/earshot"));

    /** Where the fast-jar lies. The entry point is relative to it, so that the unpacked files can be run from anywhere. */
    static final String DIRECTORY = "/opt/earshot";

    private final String image;
    private final List<Integer> ports;
    private final Optional<String> spool;

    Service(String image, List<Integer> ports, Optional<String> spool) {
        this.image = image;
        this.ports = ports;
        this.spool = spool;
    }

    String image() {
        return image;
    }

    List<Integer> ports() {
        return ports;
    }

    /** The one folder that the service writes to, on a volume of its own. */
    Optional<String> spool() {
        return spool;
    }

    /**
     * Heap is half of the container's memory: streams and downloads live outside it. What else a deployment wants it adds by {@code JDK_JAVA_OPTIONS}, which the
     * launcher reads by itself and puts before these.
     */
    List<String> entrypoint() {
        return List.of(
                "java",
                "-XX:MaxRAMPercentage=50",
                // A service without memory answers nobody; the orchestrator starts another.
                "-XX:+ExitOnOutOfMemoryError",
                // Netty and Kafka's client use both; the JVM warns at each start otherwise.
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                "quarkus-run.jar");
    }

    /** @throws IOException if the service is not packaged */
    Path packaged(Path repository) throws IOException {
        Path app = repository.resolve(image).resolve("target/quarkus-app");
        if (!Files.isRegularFile(app.resolve("quarkus-run.jar"))) {
            throw new IOException(
                    app + " is not there: run ./mvnw -DskipTests package, or ./earshot image, which does");
        }
        return app;
    }
}
