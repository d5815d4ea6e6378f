package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A real browser of this machine, driven by {@code deploy/e2e/browsers}. {@code ./earshot test} installs what it needs. */
public enum Browser {
    CHROMIUM,
    FIREFOX,
    /** WebKitGTK has no headless mode, so it gets a display that nobody sees. */
    WEBKIT("xvfb-run", "-a");

    private final List<String> before;

    Browser(String... before) {
        this.before = List.of(before);
    }

    /** Plays each URL, seeks to its middle and near its end, hears it end: what the media element did, in their order. */
    public List<JsonNode> listen(List<String> urls) throws IOException {
        Path folder = Stack.root().resolve("deploy/e2e/browsers");
        assertThat(folder.resolve("node_modules"))
                .as("run ./earshot test, or npm ci in " + folder)
                .isDirectory();
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("node", "play.js", name().toLowerCase(Locale.ROOT)));
        command.addAll(urls);
        Path errors = Files.createTempFile("earshot-browser", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(errors.toFile())
                    .start();
            List<JsonNode> heard = new ArrayList<>();
            for (String line :
                    process.inputReader(StandardCharsets.UTF_8).lines().toList()) {
                heard.add(Http.JSON.readTree(line));
            }
            assertThat(process.onExit().join().exitValue())
                    .as("%s: %s", this, Files.readString(errors))
                    .isZero();
            return heard;
        } finally {
            Files.delete(errors);
        }
    }
}
