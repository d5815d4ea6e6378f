package dev.earshot.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An OCI archive, unpacked by the system's own tar: what an engine would find in it (OCI image layout specification). */
final class Archive {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path layout;
    private final JsonNode manifest;

    private Archive(Path layout, JsonNode manifest) {
        this.layout = layout;
        this.manifest = manifest;
    }

    static Archive unpack(Path tar, Path layout) throws Exception {
        Files.createDirectories(layout);
        run("tar", "-xf", tar.toString(), "-C", layout.toString());
        assertThat(layout.resolve("oci-layout")).exists();
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        assertThat(index.path("manifests")).hasSize(1);
        Archive found = new Archive(layout, index.path("manifests").get(0));
        return new Archive(layout, found.blob(found.manifest));
    }

    /** Its configuration: user, entry point, environment. */
    JsonNode config() throws IOException {
        return blob(manifest.path("config")).path("config");
    }

    /** The lists of tar: mode, owner and name of each entry. */
    List<List<String>> layers() throws Exception {
        List<List<String>> layers = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            layers.add(run("tar", "--numeric-owner", "-tvf", path(layer).toString()));
        }
        return layers;
    }

    /** Compressed bytes of each layer. */
    List<Long> sizesBytes() {
        return manifest.path("layers")
                .valueStream()
                .map(layer -> layer.path("size").asLong())
                .toList();
    }

    /** Lays the layers over each other, as an engine does. */
    void extract(Path root) throws Exception {
        Files.createDirectories(root);
        for (JsonNode layer : manifest.path("layers")) {
            run("tar", "--no-same-owner", "-xf", path(layer).toString(), "-C", root.toString());
        }
    }

    private JsonNode blob(JsonNode descriptor) throws IOException {
        return JSON.readTree(path(descriptor).toFile());
    }

    private Path path(JsonNode descriptor) {
        return layout.resolve("blobs")
                .resolve(descriptor.path("digest").asText().replace(':', '/'));
    }

    private static List<String> run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("%s: %s", List.of(command), lines).isZero();
        return lines;
    }
}
