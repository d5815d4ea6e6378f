package dev.earshot.gateway.tenant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file with one flat JSON object, read strictly: what nobody reads is a mistake of whoever wrote it. */
final class JsonFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path path;
    private final JsonNode root;

    private JsonFile(Path path, JsonNode root) {
        this.path = path;
        this.root = root;
    }

    /** Every {@code *.json} of the folder by name; hidden entries are Kubernetes' own book-keeping. */
    static List<JsonFile> all(String configKey, Path directory, Set<String> knownFields) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalStateException(configKey + ": " + directory + " is not a folder");
        }
        try {
            Path now = now(directory);
            try (Stream<Path> entries = Files.list(now)) {
                return entries.filter(JsonFile::isOurs)
                        .sorted()
                        .map(path -> read(path, directory.resolve(now.relativize(path)), knownFields))
                        .toList();
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(configKey + ": " + directory + " cannot be read", e);
        }
    }

    /**
     * The folder to read from. Kubernetes changes a mounted secret by swapping its link {@code ..data}; who follows the
     * link once reads the old files or the new ones, and never some of both.
     */
    private static Path now(Path directory) throws IOException {
        Path data = directory.resolve("..data");
        return Files.isDirectory(data) ? data.toRealPath() : directory;
    }

    private static boolean isOurs(Path path) {
        Path name = path.getFileName();
        return name != null
                && name.toString().endsWith(".json")
                && !name.toString().startsWith(".");
    }

    /** @param path how the file is called in messages */
    private static JsonFile read(Path content, Path path, Set<String> knownFields) {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readString(content));
        } catch (IOException e) {
            // Jackson's message quotes the source, and the source holds secrets.
            throw new InvalidFileException(path, "is not readable as one JSON object");
        }
        if (root == null || !root.isObject()) {
            throw new InvalidFileException(path, "is not one JSON object");
        }
        for (String field : (Iterable<String>) root::fieldNames) {
            if (!knownFields.contains(field)) {
                throw new InvalidFileException(path, "unknown field " + field);
            }
        }
        return new JsonFile(path, root);
    }

    InvalidFileException invalid(String field, String why) {
        return new InvalidFileException(path, "field " + field + " " + why);
    }

    <T> T required(String field, Function<String, T> parse) {
        return optional(field, parse).orElseThrow(() -> invalid(field, "is missing"));
    }

    <T> Optional<T> optional(String field, Function<String, T> parse) {
        JsonNode node = node(field);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw invalid(field, "must be a string");
        }
        try {
            return Optional.of(parse.apply(node.textValue()));
        } catch (RuntimeException e) {
            throw invalid(field, "is invalid: " + e.getMessage());
        }
    }

    boolean flag(String field) {
        JsonNode node = node(field);
        if (node == null) {
            return false;
        }
        if (!node.isBoolean()) {
            throw invalid(field, "must be true or false");
        }
        return node.booleanValue();
    }

    List<String> texts(String field, int atLeast, int atMost) {
        JsonNode node = node(field);
        if (node == null || !node.isArray() || node.size() < atLeast || node.size() > atMost) {
            throw invalid(field, "must be an array of " + atLeast + " to " + atMost + " strings");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node) {
            if (!item.isTextual() || item.textValue().isBlank()) {
                throw invalid(field, "must hold strings that are not empty");
            }
            texts.add(item.textValue());
        }
        return List.copyOf(texts);
    }

    private @Nullable JsonNode node(String field) {
        JsonNode node = root.get(field);
        return node == null || node.isNull() ? null : node;
    }
}
