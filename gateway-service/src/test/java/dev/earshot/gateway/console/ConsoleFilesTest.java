package dev.earshot.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleFilesTest {
    @TempDir
    Path folder;

    @Test
    void aBuildWithoutItHasNoPage() {
        ConsoleFiles files = new ConsoleFiles(null);

        assertThat(files.page()).isEmpty();
        assertThat(files.asset("index.js")).isEmpty();
        assertThat(files.styleHashes()).isEmpty();
    }

    /** As in production: the page lies in a jar. */
    @Test
    void itIsReadFromAJar() throws IOException {
        Path jar = folder.resolve("gateway.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            put(out, "dev/earshot/console/index.html", "<p>");
            put(out, "dev/earshot/console/style-hashes.json", "[\"sha256-abc=\"]");
            put(out, "dev/earshot/console/assets/index-1.js", "let a");
            put(out, "dev/earshot/console/assets/icon-1.png", "png");
        }

        ConsoleFiles files = new ConsoleFiles(url("jar:" + jar.toUri() + "!/dev/earshot/console/index.html"));

        assertThat(files.page().orElseThrow().toString()).isEqualTo("<p>");
        assertThat(files.styleHashes()).containsExactly("sha256-abc=");
        ConsoleFiles.Asset script = files.asset("index-1.js").orElseThrow();
        assertThat(script.contentType()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(
                                script.gzipped().orElseThrow().getBytes()))
                        .readAllBytes())
                .isEqualTo(script.plain().getBytes());
        assertThat(files.asset("icon-1.png").orElseThrow().gzipped()).isEmpty();
        assertThat(files.asset("../index.html")).isEmpty();
    }

    @Test
    void aHashThatIsNoneCannotGetIntoThePolicy() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<p>");
        Files.writeString(folder.resolve("style-hashes.json"), "[\"sha256-x'; script-src *\"]");

        assertThatThrownBy(() ->
                        new ConsoleFiles(folder.resolve("index.html").toUri().toURL()))
                .hasMessageContaining("style-hashes.json");
    }

    @Test
    void aFileOfNoKnownTypeIsRefused() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<p>");
        Files.writeString(Files.createDirectory(folder.resolve("assets")).resolve("a.exe"), "x");

        assertThatThrownBy(() ->
                        new ConsoleFiles(folder.resolve("index.html").toUri().toURL()))
                .hasMessageContaining("a.exe");
    }

    private static void put(JarOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.closeEntry();
    }

    private static URL url(String text) throws IOException {
        return URI.create(text).toURL();
    }
}
