package dev.earshot.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of the contract as they stand in the sources. */
final class Contract {
    static final Path FOLDER = Path.of("src/main/resources/dev/earshot/events");

    private Contract() {}

    /** One committed record: topic, key, headers and value. */
    record Sample(String name, String topic, String key, Map<String, String> headers, JsonNode data) {
        @Nullable
        String header(String header) {
            return headers.get(header);
        }

        byte[] value() {
            return data.toString().getBytes(StandardCharsets.UTF_8);
        }

        EarshotEvent read() throws UnreadableEventException {
            return EventCodec.read(EarshotEvent.class, key, this::header, value());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> samples() {
        return files("samples").map(Contract::sample).toList();
    }

    static Stream<Path> files(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sample sample(Path file) {
        JsonNode json = json(file);
        Map<String, String> headers = new TreeMap<>();
        json.get("headers")
                .properties()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().textValue()));
        return new Sample(
                file.getFileName().toString(),
                json.get("topic").textValue(),
                json.get("key").textValue(),
                headers,
                json.get("data"));
    }

    static JsonNode schema(EventType type) {
        return json(FOLDER.resolve("schemas/" + type.shortName() + ".v1.schema.json"));
    }

    static JsonNode asyncApi() {
        try {
            return new YAMLMapper().readTree(FOLDER.resolve("asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
