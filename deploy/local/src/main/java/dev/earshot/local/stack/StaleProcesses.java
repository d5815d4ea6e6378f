package dev.earshot.local.stack;

import dev.earshot.local.home.StackHome;
import dev.earshot.local.service.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Process ids in {@code run/*.pid}, and the ending of those that a killed stack left behind. A process is ended only if its command line shows
 * that it is ours: ids are reused.
 */
final class StaleProcesses {
    /** Nobody is served by it any more, and it has to bear SIGKILL at any instruction. */
    private static final long PATIENCE_SECONDS = 3;

    private final StackHome home;

    StaleProcesses(StackHome home) {
        this.home = home;
    }

    void record(String part, long pid) throws IOException {
        Files.writeString(home.run(part + ".pid"), pid + "\n");
    }

    void forget(String part) {
        try {
            Files.deleteIfExists(home.run(part + ".pid"));
        } catch (IOException harmless) {
            // The next start looks at the process itself.
        }
    }

    /** @param marks for each part a text that only our process has in its command line */
    void endAll(Map<String, String> marks) throws IOException {
        for (Map.Entry<String, String> mark : marks.entrySet()) {
            Path file = home.run(mark.getKey() + ".pid");
            if (Files.exists(file)) {
                Optional<ProcessHandle> stale = ours(file, mark.getValue());
                if (stale.isPresent()) {
                    end(stale.get(), mark.getKey().equals("postgres"));
                }
                forget(mark.getKey());
            }
        }
    }

    static Optional<ProcessHandle> ours(Path pidFile, String mark) throws IOException {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(mark))
                            .isPresent());
        } catch (NumberFormatException notAPid) {
            return Optional.empty();
        }
    }

    private static void end(ProcessHandle process, boolean postgres) throws IOException {
        if (postgres) {
            Signals.send("INT", process.pid());
        } else {
            process.destroy();
        }
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stubborn) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
