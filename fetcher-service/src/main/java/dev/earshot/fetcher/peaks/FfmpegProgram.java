package dev.earshot.fetcher.peaks;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where a program lies, as a shell would find it. */
final class FfmpegProgram {
    private FfmpegProgram() {}

    /**
     * @param nameOrPath a name alone is looked for in the folders
     * @param searchPath the folders, as {@code PATH} has them
     */
    static Optional<Path> find(String nameOrPath, String searchPath) {
        if (nameOrPath.contains(File.separator)) {
            return Optional.of(Path.of(nameOrPath)).filter(FfmpegProgram::canRun);
        }
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, nameOrPath))
                .filter(FfmpegProgram::canRun)
                .findFirst();
    }

    private static boolean canRun(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
