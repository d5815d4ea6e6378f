package dev.earshot.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./earshot admin}, as an operator calls it.
 *
 * @param said what it printed, errors too
 */
public record Admin(int exitCode, String said) {
    /** Runs it to its end. */
    public static Admin run(String... arguments) throws InterruptedException {
        return start(arguments).end();
    }

    /** One that has an end of its own. */
    public static Admin ask(String... arguments) throws InterruptedException {
        return begin(List.of(arguments)).end();
    }

    public static Running start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--timeout", "90"));
        return begin(all);
    }

    private static Running begin(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Stack.root().resolve("deploy/local/target/earshot-local.jar").toString(),
                "admin",
                "--home",
                Stack.home().toString()));
        command.addAll(arguments);
        try {
            return new Running(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that has not ended yet. */
    public record Running(Process process) {
        public Admin end() throws InterruptedException {
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Admin(process.waitFor(), said);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
