package dev.earshot.manifests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program that people render with: {@code kubectl kustomize}, or kustomize by itself. */
final class Kustomize {
    private static final List<String> COMMAND = command();

    private Kustomize() {}

    static Rendered render(String name, Path folder) {
        List<String> command = new ArrayList<>(COMMAND);
        command.add(folder.toString());
        try {
            Path errors = Files.createTempFile("kustomize", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            String said = Files.readString(errors);
            Files.delete(errors);
            // A warning is a field that the next version refuses.
            if (exit != 0 || !said.isBlank()) {
                throw new AssertionError(String.join(" ", command) + " (exit code " + exit + "): " + said);
            }
            return Rendered.parse(name, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<String> command() {
        if (onPath("kubectl").isPresent()) {
            return List.of("kubectl", "kustomize");
        }
        if (onPath("kustomize").isPresent()) {
            return List.of("kustomize", "build");
        }
        throw new AssertionError("needs kubectl or kustomize on the PATH; ./earshot test installs kubectl");
    }

    private static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
