package dev.earshot.e2e;

import static dev.earshot.e2e.support.Halts.about;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Halts;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Unasked;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Promise 1: an accepted 202 ends in ready, whatever is killed in between, and without a second click. Each place at which
 * a service may die is in {@link GatewayKillMatrixTest} and {@link FetcherKillMatrixTest}.
 */
@Isolated("kills services for everybody")
@ExtendWith({Oracle.class, Mended.class})
class KillTest {
    /** Almost three hours of mp3, 40 MB: more than all buffers between store and listener hold. */
    private static final int LONG_CALL_SECONDS = 10_000;

    private static final int HEARD_BYTES = 1 << 20;

    private final Listener listener = Listener.of("acme");

    @Test
    void a_gateway_that_dies_between_claim_and_publishing_does_both_in_its_next_life() {
        Recorded recorded = Simulator.call("acme");
        Stack.running()
                .restart(
                        "gateway",
                        Halts.when(
                                "dev.earshot.gateway.fetch.KafkaClaimPublisher",
                                "publish",
                                "AT ENTRY",
                                about(recorded.recordingSid())));

        Unasked.click(listener, recorded);
        Stack.running().awaitEnd("gateway");
        String left = Database.local().recording(recorded.recordingSid()).text("state");
        Stack.running().service("gateway", "start");

        assertThat(left).isEqualTo("FETCHING");
        Unasked.becomesReady(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void a_fetcher_that_dies_after_the_upload_finds_it_in_its_next_life_and_does_not_download_again() {
        Recorded recorded = Simulator.call("acme");
        Stack.running()
                .restart(
                        "fetcher",
                        Halts.when(
                                "dev.earshot.fetcher.store.S3ObjectStore",
                                "confirmUpload",
                                "AT ENTRY",
                                about(recorded.recordingSid())));

        int click = listener.stream(recorded.recordingSid()).statusCode();
        Stack.running().awaitEnd("fetcher");
        var stored = Bucket.local().audioSizes("acme/" + recorded.recordingSid() + "/");
        Stack.running().service("fetcher", "start");

        assertThat(click).isEqualTo(202);
        assertThat(stored).hasSize(1);
        Unasked.becomesReady(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Tag("long")
    @Test
    void a_listener_whose_gateway_is_killed_in_mid_stream_gets_no_clean_end_and_resumes_to_the_exact_bytes()
            throws Exception {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("seconds", LONG_CALL_SECONDS));
        assertThat(listener.request()
                        .header("Prefer", "wait=25")
                        .head("/api/recordings/{sid}/stream", recorded.recordingSid())
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<InputStream> stream = play(recorded);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        heard.write(stream.body().readNBytes(HEARD_BYTES));

        Stack.running().service("gateway", "kill");
        assertThatThrownBy(() -> stream.body().transferTo(heard)).isInstanceOf(IOException.class);
        Stack.running().service("gateway", "start");
        HttpResponse<InputStream> rest = play(
                recorded,
                "Range",
                "bytes=" + heard.size() + "-",
                "If-Range",
                stream.headers().firstValue("ETag").orElseThrow());

        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(heard.size()).isLessThan((int) recorded.sizeBytes());
        assertThat(Listener.sha256(new SequenceInputStream(new ByteArrayInputStream(heard.toByteArray()), rest.body())))
                .isEqualTo(recorded.sha256());
    }

    private HttpResponse<InputStream> play(Recorded recorded, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        Stack.running().gatewayUrl() + "/api/recordings/" + recorded.recordingSid() + "/stream"))
                .header("Authorization", "Bearer " + listener.token());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return Http.CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    }
}
