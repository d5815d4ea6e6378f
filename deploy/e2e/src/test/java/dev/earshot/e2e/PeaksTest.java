package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Deletion;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Samples;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A call's waveform, from the first click to its deletion; decoded by the ffmpeg of this machine. */
class PeaksTest {
    private static final int SECONDS = 20;

    private final Listener listener = Listener.of("acme");

    @Test
    void a_cold_click_ends_in_a_waveform_of_each_channel_which_a_deletion_takes_along() throws IOException {
        Recorded recorded =
                Simulator.record("acme", Simulator.options().put("channels", 2).put("seconds", SECONDS));
        Response cold = peaks(recorded);

        Response stored = peaks(Recordings.stored(recorded));
        eventually(() -> assertThat(peaks(recorded).statusCode()).isEqualTo(200));
        Response warm = peaks(recorded);

        assertThat(cold.statusCode()).isEqualTo(404);
        assertThat(cold.path("code").toString()).isEqualTo("peaks-absent");
        // What is not there yet may still come.
        assertThat(stored.statusCode() == 200 || stored.<Boolean>path("retryable"))
                .isTrue();
        JsonNode document = Http.JSON.readTree(warm.asByteArray());
        assertThat(document.path("durationMillis").asLong()).isBetween(SECONDS * 1000L, SECONDS * 1000L + 100);
        assertThat(document.path("channels").size()).isEqualTo(2);
        assertThat(document.at("/channels/0")).isNotEqualTo(document.at("/channels/1"));
        for (JsonNode channel : document.path("channels")) {
            byte[] peaks = Base64.getDecoder().decode(channel.path("peaks").asText());
            assertThat(peaks.length)
                    .isBetween(SECONDS * document.path("bucketsPerSecond").asInt(), SECONDS * 20 + 2);
            assertThat(peaks).isNotEqualTo(new byte[peaks.length]);
        }
        assertThat(unchanged(recorded, warm.header("ETag"))).isEqualTo(304);
        assertThat(foreign(recorded)).isEqualTo(404);
        assertThat(Bucket.local().keys(prefix(recorded)))
                .containsExactly(
                        Samples.objectKey(recorded, 1), Samples.key(recorded).peaksKey(1));

        Deletion.of(recorded);

        assertThat(peaks(recorded).statusCode()).isEqualTo(410);
        eventually(() -> assertThat(Bucket.local().keys(prefix(recorded))).isEmpty());
    }

    private Response peaks(Recorded recorded) {
        return listener.request().get("/api/recordings/{sid}/peaks", recorded.recordingSid());
    }

    private int unchanged(Recorded recorded, String etag) {
        return listener.request()
                .header("If-None-Match", etag)
                .get("/api/recordings/{sid}/peaks", recorded.recordingSid())
                .statusCode();
    }

    private static int foreign(Recorded recorded) {
        return Listener.of("globex")
                .request()
                .get("/api/recordings/{sid}/peaks", recorded.recordingSid())
                .statusCode();
    }

    private static String prefix(Recorded recorded) {
        return Samples.key(recorded).objectPrefix();
    }
}
