package dev.earshot.gateway.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.Routes;
import dev.earshot.gateway.problem.ProblemType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The checked-in document is the one that the gateway serves, and it is complete. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class OpenApiDocumentIT {
    private static final String WRITE = "earshot.openapi.write";
    private static final String COMMAND =
            "./mvnw verify -pl gateway-service -am -Dtest=OpenApiDocumentIT -Dsurefire.failIfNoSpecifiedTests=false -D"
                    + WRITE;

    @Test
    void theDocumentIsTheOneThatIsCheckedIn() throws IOException {
        String served = served();
        if (System.getProperty(WRITE) != null) {
            Files.writeString(DescribedAnswers.DOCUMENT, served);
        }

        assertThat(Files.readString(DescribedAnswers.DOCUMENT))
                .as("The code describes another API than docs/openapi.yaml. Read the difference; if it is meant, write"
                        + " the file anew and commit it: " + COMMAND)
                .isEqualTo(served);
    }

    @Test
    void everyRouteAppears() throws IOException {
        JsonNode paths = new YAMLMapper().readTree(served()).get("paths");

        assertThat(Routes.all())
                .allSatisfy(route -> assertThat(paths.path(route.template())
                                .path(route.method().toLowerCase(java.util.Locale.ROOT))
                                .path("responses")
                                .size())
                        .as(route.toString())
                        .isGreaterThan(3));
    }

    /** Also those of aliases alone (recording-not-ready) and of no operation's own (405): each has its example. */
    @Test
    void everyProblemAppears() throws IOException {
        JsonNode components = new YAMLMapper().readTree(served()).get("components");
        List<String> codes = StreamSupport.stream(
                        components.at("/schemas/Problem/properties/code/enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();

        assertThat(codes)
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::code)
                        .toList())
                .allSatisfy(code -> assertThat(components
                                .at("/examples/" + code + "/value/code")
                                .asText())
                        .isEqualTo(code));
    }

    @Test
    void everyExampleFitsItsSchema() throws IOException {
        JsonNode document = new YAMLMapper().readTree(served());
        JsonNode examples = document.at("/components/examples");
        int judged = 0;
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                for (var answer : operation.getValue().get("responses").properties()) {
                    JsonNode content = resolved(document, answer.getValue()).path("content");
                    for (String type : List.of("application/json", "application/problem+json")) {
                        for (var example : content.path(type).path("examples").properties()) {
                            assertThat(DescribedAnswers.judge(
                                            operation.getKey(),
                                            path.getKey().replaceAll("\\{[^}]+}", "RE00000000000000000000000000000001"),
                                            Integer.parseInt(answer.getKey()),
                                            type,
                                            examples.at("/" + example.getKey() + "/value")
                                                    .toString()))
                                    .as("%s %s %s", operation.getKey(), path.getKey(), example.getKey())
                                    .isEmpty();
                            judged++;
                        }
                    }
                }
            }
        }
        assertThat(judged).isGreaterThan(100);
    }

    /** So that answers are known to be judged. */
    @Test
    void whatIsNotDescribedIsRefused() {
        String path = "/api/recordings/RE00000000000000000000000000000001";
        String problem = "{\"status\":404,\"title\":\"No\",\"retryable\":false,\"code\":\"%s\"%s}";
        String json = "application/problem+json";

        assertThat(DescribedAnswers.judge("GET", path, 404, json, problem.formatted("recording-not-found", "")))
                .isEmpty();
        assertThat(DescribedAnswers.judge("GET", path, 404, json, problem.formatted("recording-absent", "")))
                .isNotEmpty();
        assertThat(DescribedAnswers.judge("GET", path, 404, json, problem.formatted("recording-not-found", ",\"a\":1")))
                .isNotEmpty();
        assertThat(DescribedAnswers.judge("GET", path, 404, json, "{}")).isNotEmpty();
        assertThat(DescribedAnswers.judge("GET", path, 418, json, problem.formatted("recording-not-found", "")))
                .isNotEmpty();
        assertThat(DescribedAnswers.judge("GET", path, 200, "text/html", "<p>")).isNotEmpty();
    }

    private static JsonNode resolved(JsonNode document, JsonNode answer) {
        return answer.has("$ref") ? document.at(answer.get("$ref").asText().substring(1)) : answer;
    }

    private static String served() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().get("http://localhost:" + port + "/openapi?format=yaml")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
