package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A real browser of this machine, driven by {@code deploy/e2e/browsers}. {@code ./earshot test} installs what it needs. */
public enum Browser {
    CHROMIUM,
    FIREFOX,
    /** WebKitGTK has no headless mode, so it gets a display that nobody sees. */
    WEBKIT("xvfb-run", "-a");

    private static final int END_PATIENCE_SECONDS = 20;

    private final List<String> before;

    Browser(String... before) {
        this.before = List.of(before);
    }

    /** Starts it; it has one page. */
    public Session start() {
        Path folder = Stack.root().resolve("deploy/e2e/browsers");
        assertThat(folder.resolve("node_modules"))
                .as("run ./earshot test, or npm ci in " + folder)
                .isDirectory();
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("node", "drive.js", name().toLowerCase(Locale.ROOT)));
        try {
            Path errors = Files.createTempFile("earshot-browser", ".log");
            return new Session(
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectError(errors.toFile())
                            .start(),
                    errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A running browser. It ends with its input, so also when the test's JVM dies. */
    public static final class Session implements AutoCloseable {
        private final Process process;
        private final Path errors;
        private final BufferedWriter input;
        private final BufferedReader output;

        private Session(Process process, Path errors) {
            this.process = process;
            this.errors = errors;
            input = process.outputWriter(StandardCharsets.UTF_8);
            output = process.inputReader(StandardCharsets.UTF_8);
        }

        public void open(String url) {
            ask(act("open").put("url", url));
        }

        /** Runs a function's text in the page and returns what it returns, or what its promise comes to. */
        public JsonNode run(String function) {
            return run(function, MissingNode.getInstance());
        }

        public JsonNode run(String function, JsonNode argument) {
            ObjectNode act = act("run").put("code", function);
            return ask(argument.isMissingNode() ? act : act.set("argument", argument));
        }

        /** Moves the mouse to a place of the window and clicks. */
        public void click(double x, double y) {
            ask(act("click").put("x", x).put("y", y));
        }

        /** Presses a key: a character, or a name such as {@code ArrowRight}. */
        public void press(String key) {
            ask(act("press").put("key", key));
        }

        private static ObjectNode act(String name) {
            return Http.JSON.createObjectNode().put("do", name);
        }

        private JsonNode ask(JsonNode act) {
            try {
                input.write(act.toString());
                input.newLine();
                input.flush();
                String line = output.readLine();
                assertThat(line).as("the browser ended: %s", said()).isNotNull();
                JsonNode answer = Http.JSON.readTree(line);
                assertThat(answer.path("failure").asText()).as("%s", act).isEmpty();
                return answer.path("value");
            } catch (IOException e) {
                throw new UncheckedIOException(new IOException("the browser ended: " + said(), e));
            }
        }

        private String said() {
            try {
                return Files.readString(errors);
            } catch (IOException unreadable) {
                return unreadable.toString();
            }
        }

        @Override
        public void close() {
            try {
                input.close();
                assertThat(process.waitFor(END_PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("the browser ended within %d s: %s", END_PATIENCE_SECONDS, said())
                        .isTrue();
                Files.delete(errors);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }
}
