package dev.earshot.gateway.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A secret as Kubernetes mounts it: {@code acme.json -> ..data/acme.json}, {@code ..data -> ..2026_11_21}, and a change
 * that makes a new folder, swaps {@code ..data} by a rename, and removes the old folder.
 *
 * @param folder where it is mounted
 */
public record Mount(Path folder) {
    private static final Path DATA = Path.of("..data");

    /** Makes the mount, or changes it. */
    public void put(String version, Map<String, String> files) throws IOException {
        Path old = Files.exists(folder.resolve(DATA)) ? folder.resolve(DATA).toRealPath() : folder.resolve("none");
        Path next = Files.createDirectory(folder.resolve(".." + version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(next.resolve(file.getKey()), file.getValue());
            Path link = folder.resolve(file.getKey());
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, DATA.resolve(file.getKey()));
            }
        }
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
        Files.move(link, folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
        removeOld(old, files);
    }

    private void removeOld(Path old, Map<String, String> files) throws IOException {
        if (!Files.exists(old)) {
            return;
        }
        try (var gone = Files.list(old)) {
            for (Path file : gone.toList()) {
                Files.delete(file);
                if (!files.containsKey(file.getFileName().toString())) {
                    Files.delete(folder.resolve(file.getFileName()));
                }
            }
        }
        Files.delete(old);
    }
}
