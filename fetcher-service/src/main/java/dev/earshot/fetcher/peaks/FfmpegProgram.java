package dev.earshot.fetcher.peaks;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a program lies, as a shell would find it. */
final class FfmpegProgram {
    private static final String LOW_PRIORITY = "10";

    private FfmpegProgram() {}

    /**
     * How it is run: behind downloads and listeners where the system has {@code nice}, as POSIX systems do.
     *
     * @return empty if it is not found
     */
    static Optional<List<String>> command(String nameOrPath, String searchPath) {
        return find(nameOrPath, searchPath)
                .map(Path::toString)
                .map(program -> find("nice", searchPath)
                        .map(nice -> List.of(nice.toString(), "-n", LOW_PRIORITY, program))
                        .orElseGet(() -> List.of(program)));
    }

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
