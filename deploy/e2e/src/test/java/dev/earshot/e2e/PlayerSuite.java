package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Browser;
import dev.earshot.e2e.support.CustomerGateway;
import dev.earshot.e2e.support.Deletion;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.PlayerPage;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Site;
import dev.earshot.e2e.support.Speech;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The player of the npm package on a customer's page, in a real browser, with real mouse and keys, against the real stack: what a
 * person sees and hears. One browser for all cases. Their order only spares restarts of the gateway; each stands alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class PlayerSuite {
    /** 22 MB: more than what most browsers load ahead. */
    private static final int LONG_SECONDS = 5400;

    private static final int SHORT_SECONDS = 40;
    /** What is not silence, and what is. */
    private static final double LOUD = 0.02;

    private static final double SILENT = 0.002;

    private final Browser kind;
    private Site site;
    private CustomerGateway gateway;
    private Browser.Session browser;
    private Recorded shortCall;
    private Recorded dualCall;
    private Recorded longCall;

    PlayerSuite(Browser kind) {
        this.kind = kind;
    }

    @BeforeAll
    void begin() {
        site = Site.withPlayer();
        gateway = CustomerGateway.forPagesOf(site);
        browser = kind.start();
        shortCall = stored(Simulator.options().put("seconds", SHORT_SECONDS));
        dualCall = stored(Simulator.options().put("seconds", SHORT_SECONDS).put("channels", 2));
        // The last one, as its waveform takes longest.
        longCall = stored(Simulator.options().put("seconds", LONG_SECONDS));
    }

    private static Recorded stored(ObjectNode options) {
        return Recordings.stored(Simulator.record("acme", options));
    }

    @AfterAll
    void end() {
        try (Site ignoredSite = site;
                CustomerGateway ignoredGateway = gateway;
                Browser.Session ignoredBrowser = browser) {
            // Each is closed, the last one first, whatever becomes of the others.
        }
    }

    /** Whatever a case has left of it, so that one that fails takes none along. */
    @AfterEach
    void mend() {
        gateway.mend();
    }

    @Test
    @Order(1)
    void a_cold_click_says_that_it_prepares_and_ends_in_sound() {
        Recorded unfetched = Simulator.call("acme");
        PlayerPage page = page().put(player(unfetched));
        assertThat(page.look().path("requests").asInt()).isZero();
        assertThat(Simulator.downloads(unfetched)).isZero();

        page.click(PlayerPage.PLAY);

        page.playsBeyond(0.5);
        JsonNode now = page.look();
        assertThat(PlayerPage.states(now).toList()).containsSubsequence("preparing", "loading", "playing");
        assertThat(PlayerPage.seen(now).map(one -> one.path("message").asText()))
                .anyMatch(message -> message.startsWith("Preparing the recording…"));
        assertThat(now.path("duration").asDouble()).isCloseTo(8, offset(0.5));
        assertThat(Simulator.downloads(unfetched)).isEqualTo(1);
    }

    @Test
    @Order(2)
    void a_click_on_the_bar_and_the_buttons_go_where_they_say() {
        PlayerPage page = page().put(player(shortCall));
        page.click(PlayerPage.PLAY);
        page.playsBeyond(0.2);
        page.click(PlayerPage.PLAY);
        page.reaches("paused");

        page.clickAt(PlayerPage.SEEK_BAR, 0.75);

        page.standsAt(0.75 * SHORT_SECONDS, 0.02 * SHORT_SECONDS);
        double there = page.look().path("time").asDouble();
        page.click("earshot-back-button");
        page.standsAt(there - 10, 0.1);
        page.click("earshot-forward-button");
        page.standsAt(there, 0.1);
        page.click(PlayerPage.PLAY);
        page.playsBeyond(there + 0.3);
    }

    @Test
    @Order(3)
    void twice_the_speed_is_twice_the_speed_with_the_pitch_kept() {
        PlayerPage page = page().put(player(shortCall));
        page.click(PlayerPage.PLAY);
        page.playsBeyond(0.2);

        page.press(">", ">", ">", ">");

        page.shows(now -> assertThat(now.path("rate").asDouble()).isEqualTo(2));
        page.shows(now -> assertThat(now.path("said").asText()).contains("Speed 2"));
        assertThat(page.look().path("keepsPitch").asBoolean()).isTrue();
        // A machine that is busy may stall once; at another speed no stretch of it would be right.
        eventually(() -> assertThat(speedOverSomeTime(page)).isBetween(1.7, 2.3));
    }

    /** Seconds of the recording in one second. */
    private static double speedOverSomeTime(PlayerPage page) {
        JsonNode begin = page.look();
        page.shows(now -> assertThat(milliseconds(begin, now)).isGreaterThan(1500));
        JsonNode later = page.look();
        return (later.path("time").asDouble() - begin.path("time").asDouble()) / milliseconds(begin, later) * 1000;
    }

    @Test
    @Order(4)
    void each_side_of_a_call_of_two_channels_can_be_muted_and_moved() {
        Speech speech = Speech.of(dualCall);
        PlayerPage page = page().put(player(dualCall));
        page.click(PlayerPage.PLAY);
        page.playsBeyond(0.2);
        page.click(".tool.channels");

        // Of two seconds in which the first one speaks nothing is heard on the left; the second one speaks on the
        // right.
        page.click(".channel.first .mute-channel");
        speech.playFrom(page, 0);
        assertThat(speech.toItsEnd(page, 0).path("left").asDouble()).isLessThan(SILENT);
        speech.playFrom(page, 1);
        isHeard(page, "right");

        page.click(".channel.first .mute-channel");
        speech.playFrom(page, 0);
        isHeard(page, "left");

        // Both on the left.
        page.click(".channel.second .pan input");
        page.press("Home");
        speech.playFrom(page, 1);
        assertThat(speech.toItsEnd(page, 1).path("right").asDouble()).isLessThan(SILENT);
        isHeard(page, "left");
    }

    private static void isHeard(PlayerPage page, String side) {
        page.shows(now -> assertThat(now.path("loudest").path(side).asDouble()).isGreaterThan(LOUD));
    }

    @Test
    @Order(5)
    void in_hebrew_a_click_at_three_quarters_goes_to_three_quarters() {
        PlayerPage page = page().put(player(shortCall).put("lang", "he"));
        page.click(PlayerPage.PLAY);
        page.playsBeyond(0.2);
        page.click(PlayerPage.PLAY);
        page.reaches("paused");

        page.clickAt(PlayerPage.SEEK_BAR, 0.75);

        page.standsAt(0.75 * SHORT_SECONDS, 0.02 * SHORT_SECONDS);
        page.shows(now -> {
            assertThat(now.path("dir").asText()).isEqualTo("rtl");
            assertThat(now.path("thumb").asDouble()).isCloseTo(0.75, offset(0.03));
        });
        page.press("ArrowRight");
        page.standsAt(0.75 * SHORT_SECONDS + 5, 0.02 * SHORT_SECONDS);
    }

    @Test
    @Order(6)
    void the_keyboard_alone_does_everything() {
        PlayerPage page = page().put(player(shortCall));
        page.press("Tab");
        page.shows(now -> assertThat(now.path("focus").asText()).isEqualTo(PlayerPage.PLAY));

        page.press("Space");
        page.playsBeyond(0.2);
        page.press("k");
        page.reaches("paused");
        page.press("5");
        page.standsAt(0.5 * SHORT_SECONDS, 0.1);
        page.press("ArrowRight");
        page.standsAt(0.5 * SHORT_SECONDS + 5, 0.1);
        page.press("j");
        page.standsAt(0.5 * SHORT_SECONDS - 5, 0.1);
        page.press("ArrowLeft", "ArrowDown", "m");
        page.standsAt(0.5 * SHORT_SECONDS - 10, 0.1);
        page.shows(now -> {
            assertThat(now.path("volume").asDouble()).isCloseTo(0.95, offset(0.001));
            assertThat(now.path("muted").asBoolean()).isTrue();
        });
        page.press("?");
        page.shows(now -> assertThat(now.path("hasHelp").asBoolean()).isTrue());
        page.press("Escape");
        page.shows(now -> assertThat(now.path("hasHelp").asBoolean()).isFalse());
        page.press("Space");
        page.playsBeyond(0.5 * SHORT_SECONDS - 9.8);
    }

    @Test
    @Order(7)
    void a_player_that_is_removed_while_it_prepares_or_plays_leaves_nothing_running() {
        Recorded slow = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 8));
        PlayerPage page = page().put(player(slow));
        page.click(PlayerPage.PLAY);
        page.reaches("preparing");
        eventually(
                () -> assertThat(Metrics.gateway().sum("earshot_push_streams")).isPositive());
        page.remove();
        nothingRuns(page);

        page.put(player(longCall));
        page.click(PlayerPage.PLAY);
        page.playsBeyond(0.2);
        page.remove();
        nothingRuns(page);
        assertThat(page.look().path("paused").asBoolean()).isTrue();
    }

    private static void nothingRuns(PlayerPage page) {
        page.shows(now -> {
            assertThat(now.path("pending")).isEmpty();
            assertThat(now.path("url").asText()).isEmpty();
        });
        for (String gauge : List.of("earshot_push_streams", "earshot_waiters", "earshot_playback_streams_active")) {
            eventually(() -> assertThat(Metrics.gateway().sum(gauge)).as(gauge).isZero());
        }
    }

    @Test
    @Order(8)
    void what_cannot_be_played_says_why() {
        PlayerPage page = page();
        Recorded deleted = Recordings.stored("acme");
        Deletion.of(deleted);
        Recorded notAudio = Simulator.call("acme", "html");

        page.put(player("RE" + "0".repeat(32)));
        refuses(page, "There is no such recording", "recording-not-found");
        page.put(player(deleted));
        refuses(page, "This recording was deleted", "recording-deleted");
        assertThat(page.look().path("retry").asText()).isEmpty();
        page.put(player(notAudio));
        refuses(page, "This recording cannot be played", "recording-unplayable");
        assertThat(page.look().path("retry").asText()).isEmpty();
    }

    @Test
    @Order(9)
    void a_recording_whose_fetch_failed_says_so_and_is_played_by_another_try_once_the_cause_is_gone() {
        Recorded failing = Simulator.call("acme", "server-error");
        ObjectNode player = player(failing);
        player.putArray("tries").add(60_000);
        PlayerPage page = page().put(player);

        refuses(page, "The recording could not be fetched", "fetch-failed");
        Simulator.behave(failing, "normal");

        // Before the gateway's cool-down is over it would be refused again, and the player would wait.
        Instant claimable = Instant.parse(
                Listener.of("acme").info(failing.recordingSid()).jsonPath().getString("nextAttemptAt"));
        eventually(() -> assertThat(Instant.now()).isAfter(claimable));
        page.click(".retry");
        page.playsBeyond(0.2);
    }

    private static void refuses(PlayerPage page, String title, String code) {
        page.click(PlayerPage.PLAY);
        page.shows(now -> assertThat(now.path("message").asText()).startsWith(title));
        assertThat(page.look().path("state").asText()).isEqualTo("error");
        assertThat(page.look().path("code").asText()).isEqualTo(code);
    }

    @Test
    @Order(10)
    void a_click_without_a_network_plays_by_itself_when_it_is_back() {
        Recorded recorded = Recordings.stored("acme");
        PlayerPage page = page().put(player(recorded));
        gateway.cut();

        page.click(PlayerPage.PLAY);
        page.shows(now -> assertThat(now.path("message").asText()).startsWith("Reaching"));
        gateway.heal();

        page.playsBeyond(0.2);
    }

    @Test
    @Order(11)
    void a_network_that_is_lost_while_it_plays_and_comes_back_lets_it_go_on_from_where_it_was() {
        double half = 0.5 * LONG_SECONDS;
        // Otherwise WebKit has all of it before the network is lost.
        gateway.slowDown();
        PlayerPage page = page().put(player(longCall));
        page.click(PlayerPage.PLAY);
        page.playsBeyond(0.2);
        page.press("5");
        page.playsBeyond(half + 0.2);

        gateway.cut();
        // Some browsers stop at once, and some when they are sent where nothing is loaded.
        page.press("9");
        page.shows(now -> assertThat(now.path("state").asText()).isIn("buffering", "loading", "error"));
        gateway.heal();
        page.tellOfNetwork();

        page.shows(now -> {
            assertThat(now.path("state").asText()).isEqualTo("playing");
            assertThat(now.path("time").asDouble()).isGreaterThan(half);
        });
        page.playsBeyond(page.look().path("time").asDouble() + 0.3);
    }

    @Test
    @Order(12)
    void a_copy_plays_with_the_gateway_stopped_and_the_gateway_again_once_it_runs() {
        Recorded synced = shortCall;
        PlayerPage page = page().put(player(synced).put("isOffline", true));
        assertThat(page.keep(synced.recordingSid())).isEqualTo(synced.sizeBytes());
        Recorded other = Recordings.stored("acme");
        gateway.stop();

        if (kind != Browser.WEBKIT) {
            // A driven WebKit is a private window, which forgets its copies with the page.
            page = page().put(player(synced).put("isOffline", true));
        }
        page.click(PlayerPage.PLAY);
        page.playsBeyond(0.2);
        page.clickAt(PlayerPage.SEEK_BAR, 0.5);
        page.playsBeyond(0.48 * SHORT_SECONDS);
        JsonNode now = page.look();
        assertThat(now.path("source").asText()).contains("local");
        assertThat(now.path("url").asText()).startsWith("blob:");
        assertThat(now.path("pending").toString()).contains("object URL");
        page.remove();
        page.shows(later -> assertThat(later.path("pending").toString()).doesNotContain("object URL"));

        ObjectNode player = player(other).put("isOffline", true);
        player.putArray("tries").add(200);
        page.put(player);
        refuses(page, "You are offline", "offline");

        gateway.start();
        page.click(".retry");
        page.playsBeyond(0.2);
        assertThat(page.look().path("source").asText()).contains("gateway", "not-local");
    }

    @Test
    @Order(13)
    void a_ticket_that_expires_during_a_pause_is_replaced_and_it_plays_on() {
        gateway.letTicketsLiveSeconds(10);
        PlayerPage page = page().put(player(longCall));
        page.click(PlayerPage.PLAY);
        page.playsBeyond(0.2);
        page.press("k");
        page.reaches("paused");
        String first = page.look().path("url").asText();
        int asked = page.look().path("requests").asInt();
        eventually(() -> assertThat(CustomerGateway.code(first)).isEqualTo("ticket-expired"));

        page.press("8");
        if (kind == Browser.WEBKIT) {
            // It loads all of it in the pause: the new ticket is taken when it plays again.
            page.shows(now -> assertThat(now.path("requests").asInt()).isGreaterThan(asked));
        } else {
            page.shows(now -> assertThat(now.path("url").asText()).isNotEqualTo(first));
        }
        page.reaches("paused");
        page.press("k");

        page.playsBeyond(0.8 * LONG_SECONDS + 0.2);
        assertThat(page.look().path("url").asText()).isNotEqualTo(first).contains("ticket=");
    }

    private PlayerPage page() {
        return PlayerPage.open(browser, site);
    }

    private ObjectNode player(Recorded recorded) {
        return player(recorded.recordingSid());
    }

    private ObjectNode player(String sid) {
        return Http.JSON
                .createObjectNode()
                .put("sid", sid)
                .put("baseUrl", gateway.url())
                .put("token", gateway.token());
    }

    private static double milliseconds(JsonNode from, JsonNode to) {
        return to.path("milliseconds").asDouble() - from.path("milliseconds").asDouble();
    }
}
