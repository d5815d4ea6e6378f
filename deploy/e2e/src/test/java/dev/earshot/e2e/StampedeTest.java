package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Promise 3: one recording asked for 500 times at once is one download, one object, one row. */
class StampedeTest {
    private static final int LISTENERS = 500;

    @Test
    void five_hundred_clicks_at_once_are_one_fetch_and_all_are_answered() throws Exception {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-first-byte").put("behaviourSeconds", 2));
        HttpRequest click = HttpRequest.newBuilder(URI.create(
                        Stack.running().gatewayUrl() + "/api/recordings/" + recorded.recordingSid() + "/stream"))
                .header("Authorization", "Bearer " + Listener.of("acme").token())
                .header("Prefer", "wait=25")
                .timeout(Duration.ofSeconds(60))
                .build();

        List<CompletableFuture<HttpResponse<byte[]>>> clicks = IntStream.range(0, LISTENERS)
                .mapToObj(i -> Http.CLIENT.sendAsync(click, BodyHandlers.ofByteArray()))
                .toList();
        List<HttpResponse<byte[]>> answers =
                clicks.stream().map(CompletableFuture::join).toList();

        assertThat(answers).hasSize(LISTENERS).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(sha256(answer.body())).isEqualTo(recorded.sha256());
        });
        // Our own consumer may be behind.
        eventually(
                () -> assertThat(Events.seen().of(Topics.FETCH_REQUESTS, recorded.recordingSid(), FetchRequested.class))
                        .hasSize(1));
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        assertThat(Bucket.local().keys("acme/" + recorded.recordingSid() + "/")).hasSize(1);
    }

    private static String sha256(byte[] body) throws java.security.NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    }
}
