package dev.earshot.local;

import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;

/** Asks the running stack's control API, found through {@code run/stack.json}. */
public final class ControlClient {
    private static final String NOT_RUNNING = "No stack is running. Start it first: ./earshot up";
    /** A call's webhook is part of its answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StackHome home;

    public ControlClient(StackHome home) {
        this.home = home;
    }

    public JsonObject post(String path, JsonObject body) throws StackFailure, InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address("controlUrl") + path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                    .build();
            return read(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException | DecodeException gone) {
            throw new StackFailure(NOT_RUNNING, gone);
        }
    }

    /**
     * One of the addresses in {@code run/stack.json}, for example {@code gatewayUrl}.
     *
     * @throws StackFailure if no stack is running
     */
    public String address(String name) throws StackFailure {
        try {
            if (!Files.exists(home.stackFile())) {
                throw new StackFailure(NOT_RUNNING);
            }
            return new JsonObject(Files.readString(home.stackFile())).getString(name);
        } catch (IOException | DecodeException gone) {
            throw new StackFailure(NOT_RUNNING, gone);
        }
    }

    private static JsonObject read(HttpResponse<String> response) throws StackFailure {
        if (response.statusCode() == 404) {
            throw new StackFailure("This stack has no simulator: it was started with --twilio");
        }
        JsonObject answer = new JsonObject(response.body());
        if (response.statusCode() >= 400) {
            throw new StackFailure(answer.getString("error", "HTTP " + response.statusCode()));
        }
        return answer;
    }
}
