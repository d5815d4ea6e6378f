package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.events.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody else's consumer: kcat reads our topics, and the published schemas judge what it read. */
class ForeignClientTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @CsvSource({Topics.FETCH_OUTCOMES + ", ready", Topics.RECORDINGS + ", state-changed"})
    void kcat_reads_a_cloud_event_that_its_schema_accepts(String topic, String type) {
        Recorded recorded = Simulator.call("acme");
        Listener.of("acme").streamWaiting(recorded.recordingSid(), 20);

        eventually(() -> {
            JsonNode record = kcat(topic, "acme:" + recorded.recordingSid());
            List<String> headers = strings(record.get("headers"));
            assertThat(header(headers, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(headers, "ce_type")).isEqualTo("dev.earshot.recording." + type + ".v1");
            assertThat(header(headers, "ce_source")).startsWith("/earshot/");
            assertThat(header(headers, "ce_id")).contains(recorded.recordingSid());
            assertThat(header(headers, "ce_time")).endsWith("Z");
            assertThat(header(headers, "content-type")).isEqualTo("application/json");
            assertThat(violations(type, record.get("payload").textValue())).isEmpty();
            assertThat(record.get("payload").textValue()).contains(recorded.sha256());
        });
    }

    /** The newest record with the key, as kcat's JSON envelope shows it. */
    private static JsonNode kcat(String topic, String key) throws IOException {
        Process process = new ProcessBuilder(
                        "kcat", "-b", Stack.running().at("/kafkaBootstrap"), "-t", topic, "-C", "-e", "-q", "-J")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        JsonNode found = Http.JSON.missingNode();
        for (String line : process.inputReader(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode record = Http.JSON.readTree(line);
            if (record.path("key").asText().equals(key)) {
                found = record;
            }
        }
        assertThat(found.isMissingNode()).as("a record with key " + key).isFalse();
        return found;
    }

    private static List<String> violations(String type, String payload) throws IOException {
        String schema = Files.readString(Stack.root()
                .resolve("recording-events/src/main/resources/dev/earshot/events/schemas/" + type + ".v1.schema.json"));
        return SCHEMAS.getSchema(schema, InputFormat.JSON).validate(payload, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    /** kcat prints headers as one flat list: name, value, name, value. */
    private static String header(List<String> headers, String name) {
        int at = headers.indexOf(name);
        assertThat(at).as("header " + name).isNotNegative();
        return headers.get(at + 1);
    }
}
