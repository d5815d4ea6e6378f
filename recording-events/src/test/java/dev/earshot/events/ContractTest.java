package dev.earshot.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContractTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static Stream<Contract.Sample> samples() {
        return Contract.samples().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_sample_is_read_and_written_again_without_a_difference(Contract.Sample sample) throws Exception {
        EarshotEvent event = sample.read();

        assertThat(new ObjectMapper().readTree(EventCodec.data(event))).isEqualTo(sample.data());
        assertThat(EventCodec.headers(event)).isEqualTo(sample.headers());
        assertThat(event.kafkaKey()).isEqualTo(sample.key());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_the_records_write_is_valid_by_the_published_schema(Contract.Sample sample) throws Exception {
        EarshotEvent event = sample.read();

        assertThat(violations(event.type(), EventCodec.data(event))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_schema_refuses_a_sample_without_any_one_of_its_required_fields(Contract.Sample sample) throws Exception {
        EventType type = sample.read().type();
        List<String> required = texts(Contract.schema(type).get("required"));

        assertThat(required)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(violations(type, without(sample.data(), field)))
                        .as(field)
                        .isNotEmpty());
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void schema_and_record_have_the_same_fields_and_agree_on_which_are_optional(EventType type) {
        JsonNode schema = Contract.schema(type);

        assertThat(names(schema.get("properties"))).isEqualTo(components(type, false));
        assertThat(new TreeSet<>(texts(schema.get("required")))).isEqualTo(components(type, true));
        assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void asyncapi_describes_every_type_with_its_schema_and_source(EventType type) {
        JsonNode message = message(type).orElseThrow();

        assertThat(message.at("/payload/schema/$ref").textValue())
                .isEqualTo("schemas/" + type.shortName() + ".v1.schema.json");
        assertThat(message.at("/headers/allOf/1/properties/ce_type/const").textValue())
                .isEqualTo(type.typeName());
        assertThat(message.at("/headers/allOf/1/properties/ce_source/const").textValue())
                .isEqualTo(type.source());
    }

    @Test
    void asyncapi_names_exactly_the_topics_that_the_code_names() {
        Set<String> addresses = Contract.asyncApi().get("channels").properties().stream()
                .map(channel -> channel.getValue().get("address").textValue())
                .collect(Collectors.toSet());

        assertThat(addresses)
                .containsExactlyInAnyOrder(
                        Topics.FETCH_REQUESTS,
                        Topics.PREFETCH_REQUESTS,
                        Topics.FETCH_OUTCOMES,
                        Topics.RECORDINGS,
                        Topics.RECORDINGS_SEEN,
                        Topics.LISTING_REQUESTS,
                        Topics.LISTING_PROGRESS,
                        Topics.ACCESS);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void asyncapi_allows_the_sample_on_its_topic_and_requires_its_headers(Contract.Sample sample) throws Exception {
        EventType type = sample.read().type();
        JsonNode channel = Contract.asyncApi().get("channels").properties().stream()
                .map(entry -> entry.getValue())
                .filter(candidate -> candidate.get("address").textValue().equals(sample.topic()))
                .findFirst()
                .orElseThrow();
        String reference = channel.get("messages").properties().stream()
                .map(entry -> entry.getValue().get("$ref").textValue())
                .map(ref -> Contract.asyncApi().at(ref.substring(1)))
                .filter(message -> message.get("name").textValue().equals(type.typeName()))
                .map(message -> message.get("title").textValue())
                .findFirst()
                .orElse("");

        assertThat(reference).isNotEmpty();
        assertThat(sample.headers())
                .containsKeys(texts(Contract.asyncApi().at("/components/schemas/cloudEventHeaders/required"))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void there_is_a_sample_of_every_type(EventType type) {
        assertThat(Contract.samples())
                .anySatisfy(sample -> assertThat(sample.header("ce_type")).isEqualTo(type.typeName()));
    }

    private static Optional<JsonNode> message(EventType type) {
        return Contract.asyncApi().at("/components/messages").properties().stream()
                .map(entry -> entry.getValue())
                .filter(message -> message.get("name").textValue().equals(type.typeName()))
                .findFirst();
    }

    private static List<String> violations(EventType type, byte[] data) {
        return SCHEMAS
                .getSchema(Contract.schema(type).toString(), InputFormat.JSON)
                .validate(new String(data, java.nio.charset.StandardCharsets.UTF_8), InputFormat.JSON)
                .stream()
                .map(error -> error.toString())
                .toList();
    }

    private static byte[] without(JsonNode data, String field) {
        com.fasterxml.jackson.databind.node.ObjectNode copy = data.deepCopy();
        copy.remove(field);
        try {
            return new ObjectMapper().writeValueAsBytes(copy);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> components(EventType type, boolean requiredOnly) {
        return Arrays.stream(type.dataType().getRecordComponents())
                .filter(component -> !requiredOnly || !isOptional(component))
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOptional(RecordComponent component) {
        return component.getType() == Optional.class || component.getType() == OptionalInt.class;
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(entry -> entry.getKey()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(LinkedHashSet::new), List::copyOf));
    }
}
