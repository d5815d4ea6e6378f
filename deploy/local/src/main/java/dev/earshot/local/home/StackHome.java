package dev.earshot.local.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a stack, by default {@code .earshot} at the repository's top. */
public record StackHome(Path root) {
    private static final String SPOOL = "spool";

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

    public Path gatewayTicketKeys() {
        return root.resolve("config/gateway/ticket-keys");
    }

    public Path fetcherAccounts() {
        return root.resolve("config/fetcher/accounts");
    }

    /** The spool folder of a fetcher: {@code spool}, {@code spool-2}, and so on. */
    public Path spool(String fetcher) {
        return root.resolve(fetcher.replaceFirst("fetcher", SPOOL));
    }

    /** Makes what is missing. */
    public void prepare() throws IOException {
        List<Path> folders = List.of(
                root.resolve("data"),
                root.resolve("logs"),
                root.resolve("run"),
                gatewayAccounts(),
                gatewayTenants(),
                fetcherAccounts());
        for (Path folder : folders) {
            Files.createDirectories(folder);
        }
    }

    /** Forgets all recordings, but not the configuration that somebody may have edited. */
    public void empty() throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.filter(StackHome::isForgotten).toList();
        }
        for (Path folder : folders) {
            delete(folder);
        }
    }

    private static boolean isForgotten(Path folder) {
        String name = folder.getFileName().toString();
        return name.equals("data") || name.startsWith(SPOOL);
    }

    /** Each run begins its logs anew and keeps those of the run before it: they never grow without end. */
    public void keepPreviousLogs(Collection<String> parts) throws IOException {
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
