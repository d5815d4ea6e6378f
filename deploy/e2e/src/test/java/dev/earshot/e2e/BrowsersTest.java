package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.e2e.support.Browser;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Site;
import dev.earshot.e2e.support.Stack;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real browsers play, seek and end an mp3 and a wav through a ticket's URL, from a page of another origin. */
class BrowsersTest {
    private static final int SECONDS = 12;

    @Test
    void chromium_plays_seeks_and_ends() {
        plays(Browser.CHROMIUM);
    }

    @ParameterizedTest
    @Tag("long")
    @EnumSource(names = {"FIREFOX", "WEBKIT"})
    void others_play_seek_and_end(Browser browser) {
        plays(browser);
    }

    /** acme's recordings are mp3, globex' wav. */
    private static void plays(Browser browser) {
        try (Site site = Site.start();
                Browser.Session session = browser.start()) {
            session.open(site.page("blank.html"));
            for (String tenant : new String[] {"acme", "globex"}) {
                JsonNode heard = session.run(
                        "async (url) => (await import('/listen.js')).listen(url)",
                        Http.JSON.getNodeFactory().textNode(ticketUrl(tenant)));

                assertThat(heard.path("error").isMissingNode()).as("%s", heard).isTrue();
                assertThat(heard.path("duration").asDouble()).isCloseTo(SECONDS, within(0.5));
                assertThat(heard.path("played").asDouble()).isPositive();
                assertThat(heard.path("seekedTo").asDouble()).isCloseTo(SECONDS / 2.0, within(0.6));
                assertThat(heard.path("playedOn").asDouble())
                        .isGreaterThan(heard.path("seekedTo").asDouble());
                assertThat(heard.path("ended").asBoolean()).isTrue();
            }
        }
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
