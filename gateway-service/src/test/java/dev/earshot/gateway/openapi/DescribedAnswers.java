package dev.earshot.gateway.openapi;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.earshot.gateway.problem.AllowedMethods;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges each answer of the API that REST Assured gets by {@code docs/openapi.yaml}: the status, the header fields, JSON
 * bodies without a member too many, and a problem's code, which must be one of those that the response names.
 */
final class DescribedAnswers implements Filter {
    static final Path DOCUMENT = Path.of("../docs/openapi.yaml");
    /** Of the edge: every path has them and no operation means them. */
    private static final Set<Integer> OF_THE_EDGE = Set.of(405, 414, 431);

    /** Read when the first answer comes: the file may just be written. */
    private static final class Description {
        private static final OpenApiInteractionValidator VALIDATOR =
                OpenApiInteractionValidator.createForSpecificationUrl(
                                DOCUMENT.toUri().toString())
                        .withLevelResolver(LevelResolver.create()
                                .withLevel("validation.schema.additionalProperties", ValidationReport.Level.ERROR)
                                .build())
                        .build();
        private static final JsonNode DOCUMENTED = read();
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification wanted, FilterContext context) {
        Response response = context.next(request, wanted);
        String path = URI.create(request.getURI().replaceAll("[?#].*", "").replace("%", "%25"))
                .getRawPath();
        if (AllowedMethods.isOurs(path)
                && !request.getMethod().equals("OPTIONS")
                && !OF_THE_EDGE.contains(response.statusCode())
                && isFromTheGateway(response)) {
            List<String> flaws = judge(request.getMethod(), path, response);
            if (!flaws.isEmpty()) {
                throw new AssertionError(request.getMethod() + " " + path + " was answered otherwise than"
                        + " docs/openapi.yaml says: " + String.join("\n", flaws));
            }
        }
        return response;
    }

    /** A redirect may have been followed to the store. */
    private static boolean isFromTheGateway(Response response) {
        return response.header("X-Frame-Options") != null;
    }

    private static List<String> judge(String method, String path, Response response) {
        SimpleResponse.Builder told = SimpleResponse.Builder.status(response.statusCode());
        for (Header header : response.headers()) {
            told.withHeader(header.getName(), header.getValue());
        }
        @Nullable String type = response.contentType();
        boolean json = type != null && type.contains("json") && !type.contains("ndjson");
        // Only what is JSON is read: audio may be of any size, and events never end.
        String body = json ? new String(response.asByteArray(), StandardCharsets.UTF_8) : "";
        if (json) {
            told.withBody(body);
        } else if (type != null && !type.isEmpty()) {
            told.withBody("-");
        }
        return Stream.concat(flaws(method, path, told.build()), unknownCode(method, path, response.statusCode(), body))
                .toList();
    }

    /** What is wrong with an answer whose header fields do not matter. */
    static List<String> judge(String method, String path, int status, String type, String body) {
        SimpleResponse response = SimpleResponse.Builder.status(status)
                .withContentType(type)
                .withBody(body)
                .build();
        return Stream.concat(
                        flaws(method, path, response).filter(flaw -> !flaw.contains("Header '")),
                        unknownCode(method, path, status, body))
                .toList();
    }

    private static Stream<String> flaws(String method, String path, SimpleResponse response) {
        return Description.VALIDATOR
                .validateResponse(path, Request.Method.valueOf(method.toUpperCase(Locale.ROOT)), response)
                .getMessages()
                .stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .filter(message -> !method.equals("HEAD") || !message.getKey().startsWith("validation.response.body"))
                .map(ValidationReport.Message::toString);
    }

    private static Stream<String> unknownCode(String method, String path, int status, String body) {
        if (status < 400 || body.isEmpty()) {
            return Stream.empty();
        }
        try {
            String code = new ObjectMapper().readTree(body).path("code").asText();
            JsonNode answer = Description.DOCUMENTED
                    .path("paths")
                    .path(template(path))
                    .path(method.toLowerCase(Locale.ROOT))
                    .path("responses")
                    .path(Integer.toString(status));
            JsonNode codes = Description.DOCUMENTED
                    .at(answer.path("$ref").asText("#/none").substring(1))
                    .path(ApiDescription.CODES);
            for (JsonNode each : codes) {
                if (each.asText().equals(code)) {
                    return Stream.empty();
                }
            }
            return Stream.of("the code " + code + " is not described for " + status + ", only " + codes);
        } catch (IOException e) {
            return Stream.of("no JSON: " + body);
        }
    }

    /** Those without names come first: they are no SIDs. */
    private static String template(String path) {
        return Description.DOCUMENTED.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(each -> each.contains("{")))
                .filter(each -> path.matches(each.replaceAll("\\{[^}]+}", "[^/]+")))
                .findFirst()
                .orElse("");
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(DOCUMENT.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
