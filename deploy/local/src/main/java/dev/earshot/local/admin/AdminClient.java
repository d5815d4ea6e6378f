package dev.earshot.local.admin;

import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks a gateway's admin routes. */
final class AdminClient {
    /** A gateway answers an operator at once or not at all: what takes long is polled. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String url;
    private final String token;

    AdminClient(String url, String token) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.token = token;
    }

    /** @throws StackFailure if the gateway cannot be reached or answers with an error; the message says why in one line */
    JsonObject post(String path, JsonObject body) throws StackFailure, InterruptedException {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    /** @throws StackFailure as {@link #post} does */
    JsonObject get(String path) throws StackFailure, InterruptedException {
        return answer(request(path).GET());
    }

    /**
     * Posts, and hands over each line of the answer as it comes, however long that takes.
     *
     * @throws StackFailure as {@link #post} does, and if the answer is cut off
     */
    void postForLines(String path, JsonObject body, Consumer<JsonObject> heard)
            throws StackFailure, InterruptedException {
        HttpRequest request = request(path)
                .setHeader("Accept", "application/x-ndjson, application/problem+json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        HttpResponse<Stream<String>> response = send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() >= 300) {
                throw refused(response.statusCode(), lines.collect(Collectors.joining("\n")));
            }
            lines.map(JsonObject::new).forEach(heard);
        } catch (UncheckedIOException cutOff) {
            throw new StackFailure("The gateway at " + url + " broke off: " + cutOff.getMessage(), cutOff);
        } catch (DecodeException noJson) {
            throw new StackFailure(
                    "What answers at " + url + " is no gateway of Earshot: it did not send JSON", noJson);
        }
    }

    private HttpRequest.Builder request(String path) throws StackFailure {
        try {
            return HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(PATIENCE)
                    .header("Accept", "application/json")
                    .header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException invalid) {
            throw new StackFailure("--url or the token is not valid: " + invalid.getMessage(), invalid);
        }
    }

    private JsonObject answer(HttpRequest.Builder request) throws StackFailure, InterruptedException {
        HttpResponse<String> response = send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw refused(response.statusCode(), response.body());
        }
        return json(response);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws StackFailure, InterruptedException {
        try {
            return http.send(request, body);
        } catch (IOException unreachable) {
            throw new StackFailure("The gateway at " + url + " does not answer: " + unreachable, unreachable);
        }
    }

    private static StackFailure refused(int status, String body) {
        return new StackFailure("The gateway refused (HTTP " + status + "): " + reason(body));
    }

    /** The detail of a problem (RFC 9457), or what there is. */
    private static String reason(String body) {
        try {
            JsonObject problem = new JsonObject(body);
            return problem.getString("code", "") + " " + problem.getString("detail", problem.getString("title", body));
        } catch (DecodeException noJson) {
            return body.isBlank() ? "it did not say why" : body;
        }
    }

    private JsonObject json(HttpResponse<String> response) throws StackFailure {
        try {
            return new JsonObject(response.body());
        } catch (DecodeException noJson) {
            throw new StackFailure(
                    "What answers at " + url + " is no gateway of Earshot: it did not send JSON", noJson);
        }
    }
}
