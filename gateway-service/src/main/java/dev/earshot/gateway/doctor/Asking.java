package dev.earshot.gateway.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Short HTTP calls with an end. Redirects are answers: who is told of by configuration must be where it says. */
final class Asking implements AutoCloseable {
    private static final int LONGEST_ANSWER = 1 << 20;

    private final HttpClient client;
    private final Duration patience;

    Asking(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** @param body not more than is sensible of it */
    record Answer(int status, String body) {}

    Answer get(URI url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url));
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return new Answer(
                    response.statusCode(), new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
