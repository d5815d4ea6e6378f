package dev.earshot.local.doctor;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The doctor of a service: a process on the class path of its package, as in its image. */
final class ServiceDoctor {
    /** The package's jars, relative to its folder; {@code k8s/components/doctor} has the same. */
    private static final List<String> CLASS_PATH = List.of("app/*", "quarkus/*", "lib/boot/*", "lib/main/*");

    private final Path app;
    private final String service;

    ServiceDoctor(Path repository, String service) {
        this.app = repository.resolve(service + "-service/target/quarkus-app");
        this.service = service;
    }

    /**
     * What it said.
     *
     * @param line of JSON
     */
    record Said(String line, List<Finding> findings) {}

    /** @param environment all that it gets */
    Said examine(Map<String, String> environment, List<String> arguments) throws StackFailure, InterruptedException {
        if (!Files.isDirectory(app)) {
            throw new StackFailure("The " + service + " is not built: " + app + " is missing");
        }
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .directory(app.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            return new Said(said, findings(said, code));
        } catch (IOException e) {
            throw new StackFailure("The doctor of the " + service + " could not be run: " + e.getMessage(), e);
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        // It lives for two seconds.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", CLASS_PATH.stream().collect(Collectors.joining(File.pathSeparator))));
        command.add("dev.earshot." + service + ".doctor." + capitalized() + "Doctor");
        command.add("--json");
        command.addAll(arguments);
        return command;
    }

    private String capitalized() {
        return service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1);
    }

    private List<Finding> findings(String said, int code) throws StackFailure {
        try {
            return new JsonObject(said)
                    .getJsonArray("findings").stream()
                            .map(JsonObject.class::cast)
                            .map(ServiceDoctor::finding)
                            .toList();
        } catch (DecodeException | NullPointerException e) {
            throw new StackFailure(
                    "The doctor of the " + service + " ended with exit code " + code
                            + (said.isEmpty() ? "" : ": " + said),
                    e);
        }
    }

    private static Finding finding(JsonObject json) {
        Stream<Object> keys = json.getJsonArray("keys", new JsonArray()).stream();
        return new Finding(
                json.getString("check", ""),
                Severity.valueOf(json.getString("severity", "").toUpperCase(Locale.ROOT)),
                json.getString("found", ""),
                Optional.ofNullable(json.getString("change")).orElse(""),
                keys.map(String::valueOf).toList());
    }
}
