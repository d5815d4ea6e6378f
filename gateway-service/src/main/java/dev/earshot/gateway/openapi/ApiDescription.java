package dev.earshot.gateway.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponses;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createExample;
import static org.eclipse.microprofile.openapi.OASFactory.createHeader;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createOperation;
import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createRequestBody;
import static org.eclipse.microprofile.openapi.OASFactory.createSecurityRequirement;
import static org.eclipse.microprofile.openapi.OASFactory.createSecurityScheme;

import dev.earshot.gateway.openapi.Described.Answer;
import dev.earshot.gateway.openapi.Described.Door;
import dev.earshot.gateway.problem.ProblemType;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Completes what the resources tell of themselves by the table, while the gateway is built. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {
    /** The extension that names the codes of a response, which its schema does not narrow. */
    public static final String CODES = "x-problem-codes";

    private final Map<String, APIResponse> problems = new TreeMap<>();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, PathItem> paths = document.getPaths().getPathItems();
        Set<String> left = new HashSet<>();
        paths.forEach((path, item) -> item.getOperations().keySet().forEach(method -> left.add(method + " " + path)));
        for (Described row : Operations.all()) {
            PathItem item = Optional.ofNullable(paths.get(row.path()))
                    .orElseThrow(() -> new IllegalStateException("No resource has the path " + row.path()));
            complete(item, row);
            left.remove(row.method() + " " + row.path());
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("dev.earshot.gateway.openapi.Operations does not tell of " + left);
        }
        document.setComponents(components());
    }

    private void complete(PathItem item, Described row) {
        HttpMethod method = HttpMethod.valueOf(row.method());
        Operation operation =
                Optional.ofNullable(item.getOperations().get(method)).orElseGet(() -> headOf(item, row));
        operation.setOperationId(row.id());
        operation.setParameters(new ArrayList<>(row.parameters().stream()
                .map(name -> createParameter().ref("#/components/parameters/" + name))
                .toList()));
        operation.setRequestBody(row.body()
                .map(body -> createRequestBody()
                        .required(body.required())
                        .content(content(body.mediaTypes(), body.schema())))
                .orElse(null));
        operation.setSecurity(new ArrayList<>(security(row.door())));
        operation.setResponses(responses(row));
        item.setOperation(method, operation);
    }

    /** The framework answers HEAD where there is a GET. */
    private static Operation headOf(PathItem item, Described row) {
        Operation get = item.getGET();
        if (!row.method().equals("HEAD") || get == null) {
            throw new IllegalStateException("No resource answers " + row.method() + " " + row.path());
        }
        return createOperation().tags(get.getTags()).summary("The head of: " + get.getSummary());
    }

    private static List<SecurityRequirement> security(Door door) {
        return switch (door) {
            case BEARER, OPERATOR -> anyOf("bearer", "session");
            case BEARER_OR_TICKET -> anyOf("bearer", "session", "ticket");
            case SIGNATURE -> anyOf("twilioSignature");
        };
    }

    private static List<SecurityRequirement> anyOf(String... schemes) {
        return Arrays.stream(schemes)
                .map(scheme -> createSecurityRequirement().addScheme(scheme))
                .toList();
    }

    private APIResponses responses(Described row) {
        Map<String, APIResponse> byStatus = new TreeMap<>();
        row.answers().forEach(answer -> byStatus.put(Integer.toString(answer.status()), response(answer)));
        row.problems().stream()
                .collect(Collectors.groupingBy(ProblemType::status))
                .forEach((status, types) -> byStatus.put(Integer.toString(status), problem(status, types)));
        APIResponses responses = createAPIResponses();
        byStatus.forEach(responses::addAPIResponse);
        return responses;
    }

    private static APIResponse response(Answer answer) {
        APIResponse response = createAPIResponse().description(answer.description());
        answer.schema().ifPresent(schema -> response.setContent(content(answer.mediaTypes(), schema)));
        headers(response, answer.always(), answer.maybe());
        return response;
    }

    private static Content content(List<String> mediaTypes, String schema) {
        Content content = createContent();
        for (String type : mediaTypes) {
            MediaType media = createMediaType().schema(Schemas.ref(schema));
            if (!schema.equals("Audio")) {
                media.addExample(schema, createExample().ref("#/components/examples/" + schema));
            }
            content.addMediaType(type, media);
        }
        return content;
    }

    private static void headers(APIResponse response, List<String> always, List<String> maybe) {
        Map<String, String> references = new TreeMap<>();
        Parameters.ALWAYS.forEach(name -> references.put(name, name));
        always.forEach(name -> references.put(name, name));
        maybe.forEach(name -> references.put(name, Parameters.MAYBE + name));
        references.forEach(
                (name, reference) -> response.addHeader(name, createHeader().ref("#/components/headers/" + reference)));
    }

    /** A response that several operations have stands once. */
    private APIResponse problem(int status, List<ProblemType> types) {
        String codes = types.stream().map(ProblemType::code).collect(Collectors.joining("."));
        problems.computeIfAbsent(status + "." + codes, ignored -> problemOnce(status, types));
        return createAPIResponse().ref("#/components/responses/" + status + "." + codes);
    }

    private static APIResponse problemOnce(int status, List<ProblemType> types) {
        MediaType media = createMediaType().schema(Schemas.ref("Problem"));
        types.forEach(
                type -> media.addExample(type.code(), createExample().ref("#/components/examples/" + type.code())));
        APIResponse response = createAPIResponse()
                .description(types.stream()
                        .map(type -> type.title() + " (`" + type.code() + "`)")
                        .collect(Collectors.joining("; ")))
                .content(createContent().addMediaType("application/problem+json", media));
        response.addExtension(CODES, types.stream().map(ProblemType::code).toList());
        switch (status) {
            case 401 -> headers(response, List.of("WWW-Authenticate"), List.of());
            case 412 -> headers(response, List.of("ETag"), List.of());
            case 416 -> headers(response, List.of("Content-Range", "Accept-Ranges"), List.of());
            case 429 -> headers(response, List.of("Retry-After"), List.of());
            case 409, 503 -> headers(response, List.of(), List.of("Retry-After"));
            default -> headers(response, List.of(), List.of());
        }
        return response;
    }

    private Components components() {
        Components components = OASFactory.createComponents();
        components.setSchemas(new TreeMap<>(Schemas.all()));
        components.setResponses(problems);
        components.setParameters(new TreeMap<>(Parameters.all()));
        components.setHeaders(new TreeMap<>(Parameters.headers()));
        components.setExamples(new TreeMap<>(Samples.all()));
        components.addSecurityScheme(
                "bearer",
                createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("A token of your OpenID Connect provider, with a tenant and roles"));
        components.addSecurityScheme(
                "session",
                key(
                        SecurityScheme.In.COOKIE,
                        "q_session_console",
                        "The console's session, where there is a console; a token or a ticket beside it decides. Every method"
                                + " but GET and HEAD needs an Origin that is the gateway's own, or is 403 foreign-origin"));
        components.addSecurityScheme(
                "ticket",
                key(SecurityScheme.In.QUERY, "ticket", "From POST …/playback-ticket; opens one recording for a while"));
        components.addSecurityScheme(
                "twilioSignature",
                key(SecurityScheme.In.HEADER, "X-Twilio-Signature", "Twilio's signature of URL and body"));
        return components;
    }

    private static SecurityScheme key(SecurityScheme.In in, String name, String description) {
        return createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(in)
                .name(name)
                .description(description);
    }
}
