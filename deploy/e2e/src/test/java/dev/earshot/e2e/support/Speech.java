package dev.earshot.e2e.support;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.e2e.support.Simulator.Recorded;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** When each channel of a call speaks, as its waveform has it, and how loud the player then is. */
public final class Speech {
    /** Long enough to be heard, short enough to be within one turn of somebody. */
    private static final double SPAN_SECONDS = 0.8;
    /** A seek by mouse is as exact as a pixel, and what is heard may lag behind what the clock of the media element says. */
    private static final double RUN_UP_SECONDS = 1;

    private final JsonNode peaks;

    private Speech(JsonNode peaks) {
        this.peaks = peaks;
    }

    /** Of a stored recording, whose waveform may still be in the making. */
    public static Speech of(Recorded recorded) {
        eventually(() -> assertThat(peaks(recorded).statusCode()).isEqualTo(200));
        try {
            return new Speech(Http.JSON.readTree(peaks(recorded).asByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response peaks(Recorded recorded) {
        return Listener.of(recorded.tenant()).request().get("/api/recordings/{sid}/peaks", recorded.recordingSid());
    }

    /** Has a player that plays go where a channel speaks most, and listens from there on. */
    public void playFrom(PlayerPage page, int channel) {
        double begin = loudest(channel);
        page.clickAt(PlayerPage.SEEK_BAR, (begin - RUN_UP_SECONDS) / seconds());
        page.shows(now ->
                assertThat(now.path("time").asDouble()).isBetween(begin - 2 * RUN_UP_SECONDS, begin + SPAN_SECONDS));
        page.listenAnew();
    }

    /** Listens until the channel has spoken: how loud it was on the left and on the right. */
    public JsonNode toItsEnd(PlayerPage page, int channel) {
        double end = loudest(channel) + SPAN_SECONDS + RUN_UP_SECONDS;
        page.shows(now -> assertThat(now.path("time").asDouble()).isBetween(end, end + 20));
        return page.look().path("loudest");
    }

    private double seconds() {
        return peaks.path("durationMillis").asDouble() / 1000;
    }

    /** The second from which on the channel is loudest for a while. */
    private double loudest(int channel) {
        byte[] loudness = Base64.getDecoder()
                .decode(peaks.path("channels").path(channel).path("peaks").asText());
        double perSecond = peaks.path("bucketsPerSecond").asDouble();
        int span = (int) (2 * SPAN_SECONDS * perSecond);
        int best = 0;
        long most = -1;
        for (int from = (int) perSecond; from + span < loudness.length; from++) {
            long sum = 0;
            for (int i = from; i < from + span; i++) {
                sum += Byte.toUnsignedInt(loudness[i]);
            }
            if (sum > most) {
                most = sum;
                best = from;
            }
        }
        return best / perSecond;
    }
}
