package dev.earshot.local;

import dev.earshot.local.home.StackHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code down}: stops a running stack. */
@Command(name = "down")
final class DownCommand implements Callable<Integer> {
    /** The services at once with 15 s each, then Kafka and PostgreSQL. */
    private static final long PATIENCE_SECONDS = 60;

    private final Console console;

    @Mixin
    private final HomeOptions where = new HomeOptions();

    DownCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StackHome home = where.home();
        Optional<ProcessHandle> running = running(home);
        if (running.isEmpty()) {
            console.line("No stack is running in " + home.root() + ".");
            return 0;
        }
        long pid = running.get().pid();
        running.get().destroy();
        try {
            running.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stubborn) {
            console.error("earshot: process " + pid + " has not stopped after " + PATIENCE_SECONDS + " s; see "
                    + home.log("stack"));
            return 1;
        }
        console.line("Stopped the stack (process " + pid + ").");
        return 0;
    }

    /** The recorded process, if it is a stack still: ids are reused. */
    static Optional<ProcessHandle> running(StackHome home) throws IOException {
        Path file = home.run("stack.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("earshot-local"))
                            .isPresent());
        } catch (NumberFormatException notAPid) {
            return Optional.empty();
        }
    }
}
