package dev.earshot.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads an event stream as a client would: fetch with a bearer token, block by block. */
final class EventReader implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long PATIENCE_SECONDS = 30;
    static final String COMMENT = "comment";
    static final String END = "end";

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Map<String, String>> blocks = new LinkedBlockingQueue<>();

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    static EventReader open(String url, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<InputStream> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new EventReader(response);
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Map<String, String> block = new LinkedHashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    blocks.add(block);
                    block = new LinkedHashMap<>();
                } else if (line.startsWith(":")) {
                    block.put("event", COMMENT);
                } else {
                    block.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
                }
            }
        } catch (IOException closed) {
            // The same as the end.
        }
        blocks.add(Map.of("event", END));
    }

    /** The next block, comments and all. */
    Map<String, String> nextBlock() throws InterruptedException {
        Map<String, String> block = blocks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(block).as("a block within " + PATIENCE_SECONDS + " s").isNotNull();
        return block;
    }

    /** The next event; comments and bare retry fields are no events. */
    Map<String, String> next() throws InterruptedException {
        Map<String, String> block = nextBlock();
        while (!block.containsKey("event") || COMMENT.equals(block.get("event"))) {
            block = nextBlock();
        }
        return block;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
