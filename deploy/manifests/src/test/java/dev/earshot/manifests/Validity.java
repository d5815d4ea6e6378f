package dev.earshot.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether Kubernetes and the operators would take it: by a typed model, else by a schema of ours; nothing goes unjudged. */
final class Validity {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Validity() {}

    static List<String> problems(Rendered rendered) {
        List<String> problems = new ArrayList<>();
        for (JsonNode document : rendered.documents()) {
            String type = document.path("apiVersion").asText() + " " + Rendered.kind(document);
            for (String problem : problems(type, document)) {
                problems.add(rendered + ": " + type + " " + Rendered.name(document) + ": " + problem);
            }
        }
        return problems;
    }

    private static List<String> problems(String type, JsonNode document) {
        Class<?> model = Models.of(type);
        if (model != null) {
            try {
                Models.read(document, model);
                return List.of();
            } catch (IllegalArgumentException e) {
                return List.of(String.valueOf(e.getMessage()));
            }
        }
        String schema = schema(type);
        if (schema == null) {
            return List.of("neither a model nor a schema judges it");
        }
        return SCHEMAS.getSchema(schema, InputFormat.JSON).validate(document.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** As {@code keda.sh_v1alpha1_ScaledObject.json}. */
    private static @Nullable String schema(String type) {
        String file = "/schemas/" + type.replaceAll("[ /]", "_") + ".json";
        try (InputStream found = Validity.class.getResourceAsStream(file)) {
            return found == null ? null : new String(found.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
