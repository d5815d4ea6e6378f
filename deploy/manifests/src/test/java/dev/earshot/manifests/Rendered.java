package dev.earshot.manifests;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What kustomize made of one folder.
 *
 * @param name of which
 */
record Rendered(String name, List<ObjectNode> documents) {
    static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    static Rendered parse(String name, String yaml) {
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(yaml)) {
            return new Rendered(name, documents.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of a kind that has a typed model. */
    <T> List<T> all(Class<T> type) {
        return ofKind(type.getSimpleName())
                .map(document -> Models.read(document, type))
                .toList();
    }

    Stream<ObjectNode> ofKind(String kind) {
        return documents.stream().filter(document -> kind(document).equals(kind));
    }

    Optional<ObjectNode> find(String kind, String name) {
        return ofKind(kind).filter(document -> name(document).equals(name)).findFirst();
    }

    /** The same with one change, made in a copy. */
    Rendered with(String kind, String name, Consumer<ObjectNode> change) {
        ObjectNode original =
                find(kind, name).orElseThrow(() -> new AssertionError(this.name + " has no " + kind + " " + name));
        ObjectNode changed = original.deepCopy();
        change.accept(changed);
        return new Rendered(
                this.name,
                documents.stream()
                        .map(document -> document == original ? changed : document)
                        .toList());
    }

    static String kind(JsonNode document) {
        return document.path("kind").asText();
    }

    static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    @Override
    public String toString() {
        return name;
    }
}
