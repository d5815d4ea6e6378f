package dev.earshot.local.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a stack, by default {@code .earshot} at the repository's top. */
public record StackHome(Path root) {
    public Path data(String part) {
        return root.resolve("data").resolve(part);
    }

    public Path log(String part) {
        return root.resolve("logs").resolve(part + ".log");
    }

    public Path run(String file) {
        return root.resolve("run").resolve(file);
    }

    public Path stackFile() {
        return run("stack.json");
    }

    public Path gatewayAccounts() {
        return root.resolve("config/gateway/accounts");
    }

    public Path gatewayTenants() {
        return root.resolve("config/gateway/tenants");
    }

    public Path fetcherAccounts() {
        return root.resolve("config/fetcher/accounts");
    }

    public Path spool() {
        return root.resolve("spool");
    }

    /** Makes what is missing. */
    public void prepare() throws IOException {
        List<Path> folders = List.of(
                root.resolve("data"),
                root.resolve("logs"),
                root.resolve("run"),
                gatewayAccounts(),
                gatewayTenants(),
                fetcherAccounts(),
                spool());
        for (Path folder : folders) {
            Files.createDirectories(folder);
        }
    }

    /** Forgets all recordings, but not the configuration that somebody may have edited. */
    public void empty() throws IOException {
        for (Path folder : List.of(root.resolve("data"), spool())) {
            if (Files.exists(folder)) {
                delete(folder);
            }
        }
    }

    /** Each run begins its logs anew and keeps those of the run before it: they never grow without end. */
    public void keepPreviousLogs(String... parts) throws IOException {
        for (String part : parts) {
            if (Files.exists(log(part))) {
                Files.move(log(part), log(part + ".previous"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
