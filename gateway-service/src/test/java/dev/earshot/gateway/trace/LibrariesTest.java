package dev.earshot.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No library makes spans: they would have query strings in them. What an upgrade brings must be switched off here, too. */
class LibrariesTest {
    private static final String DESCRIPTION = "META-INF/quarkus-config-doc/quarkus-config-model.json";

    @Test
    void everyInstrumentationThatAnExtensionKnowsIsOff() throws Exception {
        Properties ours = new Properties();
        try (InputStream file = LibrariesTest.class.getResourceAsStream("/application.properties")) {
            assertThat(file).isNotNull();
            ours.load(file);
        }
        Set<String> keys = new TreeSet<>();
        for (URL description :
                Collections.list(LibrariesTest.class.getClassLoader().getResources(DESCRIPTION))) {
            addInstrumentation(read(description), keys);
        }

        assertThat(keys)
                .contains("quarkus.otel.instrument.vertx-http", "quarkus.s3.telemetry.enabled")
                .allSatisfy(key -> assertThat(ours.getProperty(key)).as(key).isEqualTo("false"));
        assertThat(ours.getProperty("mp.messaging.connector.smallrye-kafka.tracing-enabled"))
                .isEqualTo("false");
        assertThat(ours.getProperty("quarkus.otel.sdk.disabled")).isEqualTo("true");
    }

    private static JsonNode read(URL description) throws IOException {
        try (InputStream json = description.openStream()) {
            return new ObjectMapper().readTree(json);
        }
    }

    private static void addInstrumentation(JsonNode node, Set<String> keys) {
        String property = node.at("/path/property").asText();
        if (property.startsWith("quarkus.otel.instrument.") || property.equals("quarkus.s3.telemetry.enabled")) {
            keys.add(property);
        }
        node.forEach(child -> addInstrumentation(child, keys));
    }
}
