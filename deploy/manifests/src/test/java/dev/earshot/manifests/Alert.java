package dev.earshot.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** One alert as it is rendered. */
record Alert(JsonNode rule) {
    static final Path FOLDER = Path.of("target/alerts").toAbsolutePath();
    private static final String TESTS = "k8s/components/prometheus-rule/tests.yaml";

    static List<Alert> all() {
        return all(Manifests.withComponent("prometheus-rule"));
    }

    static List<Alert> all(Rendered rendered) {
        return rendered.ofKind("PrometheusRule")
                .flatMap(each -> each.findValues("rules").stream())
                .flatMap(rules -> StreamSupport.stream(rules.spliterator(), false))
                .map(Alert::new)
                .toList();
    }

    /** The unit tests beside the rules, each with its name and what it expects. */
    static JsonNode tests() {
        try {
            return Rendered.YAML.readTree(Repository.read(TESTS)).get("tests");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes what promtool reads: the rendered groups without what Kubernetes has around them, and the tests beside them.
     *
     * @param change of each rule
     * @return the folder
     */
    static Path written(String name, Consumer<ObjectNode> change) {
        ObjectNode rules = Manifests.withComponent("prometheus-rule")
                .ofKind("PrometheusRule")
                .findFirst()
                .orElseThrow()
                .deepCopy();
        rules.findValues("rules").forEach(group -> group.forEach(rule -> change.accept((ObjectNode) rule)));
        try {
            Path folder = Files.createDirectories(FOLDER.resolve(name));
            Rendered.YAML.writeValue(
                    folder.resolve("rules.yaml").toFile(),
                    Rendered.YAML.createObjectNode().set("groups", rules.at("/spec/groups")));
            Files.writeString(folder.resolve("tests.yaml"), Repository.read(TESTS));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return rule.path("alert").asText();
    }

    String severity() {
        return rule.at("/labels/severity").asText();
    }

    String annotation(String name) {
        return rule.at("/annotations/" + name).asText();
    }

    /** Where its runbook lies in the repository. */
    Path runbook() {
        String path = URI.create(annotation("runbook_url")).getPath();
        return Repository.ROOT.resolve(path.substring(path.indexOf("docs/runbooks/")));
    }

    @Override
    public String toString() {
        return name();
    }
}
