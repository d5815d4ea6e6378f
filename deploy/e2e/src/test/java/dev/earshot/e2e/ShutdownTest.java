package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Unasked;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** A service that is asked to end lets what runs come to its end. */
@Isolated("stops services for everybody")
@ExtendWith(Oracle.class)
class ShutdownTest {
    private final Listener listener = Listener.of("acme");

    @AfterEach
    void startAgain() {
        for (String service : new String[] {"gateway", "fetcher"}) {
            if (!Stack.running().isRunning(service)) {
                Stack.running().service(service, "start");
            }
        }
        eventually(() ->
                assertThat(listener.info("RE" + "0".repeat(32)).statusCode()).isEqualTo(404));
    }

    @Test
    void a_stream_that_runs_when_the_gateway_is_stopped_is_played_to_its_last_byte() throws Exception {
        Recorded recorded = Recordings.stored(Recordings.longCall("acme"));
        HttpResponse<InputStream> stream = Http.CLIENT.send(
                HttpRequest.newBuilder(URI.create(Stack.running().gatewayUrl() + "/api/recordings/"
                                + recorded.recordingSid() + "/stream"))
                        .header("Authorization", "Bearer " + listener.token())
                        .build(),
                BodyHandlers.ofInputStream());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        DigestInputStream body = new DigestInputStream(stream.body(), digest);
        assertThat(body.readNBytes(1000)).hasSize(1000);

        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(() -> Stack.running().service("gateway", "stop"));
        eventually(() -> assertThat(isReady()).isFalse());
        body.transferTo(java.io.OutputStream.nullOutputStream());
        stopped.join();

        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(recorded.sha256());
    }

    @Tag("long")
    @Test
    void an_event_stream_is_told_to_reconnect_when_the_gateway_is_stopped() throws Exception {
        Recorded recorded = Recordings.stored(Simulator.call("acme"));
        HttpResponse<Stream<String>> events = Http.CLIENT.send(
                HttpRequest.newBuilder(URI.create(
                                Stack.running().gatewayUrl() + "/api/recordings/events?sid=" + recorded.recordingSid()))
                        .header("Authorization", "Bearer " + listener.token())
                        .build(),
                BodyHandlers.ofLines());
        Iterator<String> lines = events.body().iterator();
        String line = lines.next();
        while (!line.startsWith("data: ")) {
            line = lines.next();
        }

        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(() -> Stack.running().service("gateway", "stop"));
        List<String> rest = new ArrayList<>();
        lines.forEachRemaining(rest::add);
        stopped.join();

        assertThat(line).contains("\"state\":\"ready\"");
        assertThat(rest).contains("event: reconnect", "data: {\"reason\":\"shutdown\"}");
        assertThat(rest).anyMatch(each -> each.startsWith("retry: "));
    }

    @Tag("long")
    @Test
    void a_fetch_that_runs_when_the_fetcher_is_stopped_is_not_lost() {
        Recorded recorded = Recordings.beingFetched("acme", 10);

        Stack.running().service("fetcher", "stop");
        Stack.running().service("fetcher", "start");

        Unasked.becomesReady(recorded);
    }

    @Tag("long")
    @Test
    void services_that_are_restarted_again_and_again_bring_nothing_down() {
        Recorded recorded = Simulator.call("acme");
        for (String service : new String[] {"fetcher", "fetcher", "gateway"}) {
            Stack.running().service(service, "restart");
        }

        eventually(() -> assertThat(Listener.sha256(listener.streamWaiting(recorded.recordingSid(), 20)))
                .isEqualTo(recorded.sha256()));
    }

    private static boolean isReady() {
        try {
            return Http.send(HttpRequest.newBuilder(
                                            URI.create(Stack.running().at("/gatewayManagementUrl") + "/q/health/ready"))
                                    .build())
                            .statusCode()
                    == 200;
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
    }
}
