package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.e2e.support.Browser;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real browsers play, seek and end an mp3 and a wav through a ticket's URL, from a page of another origin. */
class BrowsersTest {
    private static final int SECONDS = 12;

    @Test
    void chromium_plays_seeks_and_ends() throws IOException {
        plays(Browser.CHROMIUM);
    }

    @ParameterizedTest
    @Tag("long")
    @EnumSource(names = {"FIREFOX", "WEBKIT"})
    void others_play_seek_and_end(Browser browser) throws IOException {
        plays(browser);
    }

    /** acme's recordings are mp3, globex' wav. */
    private static void plays(Browser browser) throws IOException {
        List<JsonNode> heard = browser.listen(List.of(ticketUrl("acme"), ticketUrl("globex")));

        assertThat(heard).hasSize(2).allSatisfy(one -> {
            assertThat(one.path("error").isMissingNode()).as("%s", one).isTrue();
            assertThat(one.path("duration").asDouble()).isCloseTo(SECONDS, within(0.5));
            assertThat(one.path("played").asDouble()).isPositive();
            assertThat(one.path("seekedTo").asDouble()).isCloseTo(SECONDS / 2.0, within(0.6));
            assertThat(one.path("playedOn").asDouble())
                    .isGreaterThan(one.path("seekedTo").asDouble());
            assertThat(one.path("ended").asBoolean()).isTrue();
        });
    }

    private static String ticketUrl(String tenant) {
        Recorded recorded = Simulator.record(tenant, Simulator.options().put("seconds", SECONDS));
        Listener listener = Listener.of(tenant);
        assertThat(Listener.sha256(listener.streamWaiting(recorded.recordingSid(), 25)))
                .isEqualTo(recorded.sha256());
        String url = listener.request()
                .post("/api/recordings/{sid}/playback-ticket", recorded.recordingSid())
                .then()
                .statusCode(201)
                .extract()
                .path("url");
        return java.net.URI.create(Stack.running().gatewayUrl()).resolve(url).toString();
    }
}
