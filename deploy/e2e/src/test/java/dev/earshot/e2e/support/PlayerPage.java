package dev.earshot.e2e.support;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The page of a {@link Site} with one player on it, as a person sees it and uses it: by mouse and keys. */
public final class PlayerPage {
    /** The button that plays and pauses. */
    public static final String PLAY = "earshot-play-button";

    public static final String SEEK_BAR = "earshot-time-range";

    private final Browser.Session browser;

    private PlayerPage(Browser.Session browser) {
        this.browser = browser;
    }

    /** A fresh visit; nothing is remembered of the last one but copies for offline use. */
    public static PlayerPage open(Browser.Session browser, Site site) {
        browser.open(site.page("player.html"));
        // WebDriver does not wait for the modules of a page.
        eventually(() ->
                assertThat(browser.run("() => typeof window.stage").asText()).isEqualTo("object"));
        return new PlayerPage(browser);
    }

    /** Puts a player up: {@code pages/stage.js} says what the options are. */
    public PlayerPage put(ObjectNode options) {
        browser.run("(options) => stage.put(options)", options);
        return this;
    }

    /** Keeps a copy for offline use; how many bytes it has. */
    public long keep(String sid) {
        return browser.run(
                        "(sid) => stage.keep(sid)", Http.JSON.getNodeFactory().textNode(sid))
                .asLong();
    }

    public void click(String part) {
        clickAt(part, 0.5);
    }

    /** Clicks a part so far from its left edge, of its width. */
    public void clickAt(String part, double fraction) {
        ObjectNode where = Http.JSON.createObjectNode().put("selector", part).put("fraction", fraction);
        JsonNode place = browser.run("(where) => stage.place(where)", where);
        browser.click(place.get("x").asDouble(), place.get("y").asDouble());
    }

    public void press(String... keys) {
        Stream.of(keys).forEach(browser::press);
    }

    public void remove() {
        browser.run("() => stage.remove()");
    }

    /** As the browser tells a page when a network is there again. */
    public void tellOfNetwork() {
        browser.run("() => void dispatchEvent(new Event('online'))");
    }

    /** What was loudest so far is forgotten. */
    public void listenAnew() {
        browser.run("() => void stage.listenAnew()");
    }

    public JsonNode look() {
        return browser.run("() => stage.look()");
    }

    /** Looks until it is as wanted. */
    public void shows(Consumer<JsonNode> wanted) {
        eventually(() -> {
            JsonNode now = look();
            try {
                wanted.accept(now);
            } catch (AssertionError unlike) {
                throw new AssertionError(unlike.getMessage() + "\nThe player: " + now, unlike);
            }
        });
    }

    public void reaches(String state) {
        shows(now -> assertThat(now.path("state").asText()).isEqualTo(state));
    }

    /** Plays, and its position has moved beyond this second, which it does only while there is sound. */
    public void playsBeyond(double second) {
        shows(now -> {
            assertThat(now.path("state").asText()).isEqualTo("playing");
            assertThat(now.path("time").asDouble()).isGreaterThan(second).isLessThan(second + 60);
        });
    }

    public void standsAt(double second, double tolerance) {
        shows(now -> assertThat(now.path("time").asDouble())
                .isCloseTo(second, org.assertj.core.api.Assertions.within(tolerance)));
    }

    /** The states that it went through, the first one first, each once where it repeats. */
    public static Stream<String> states(JsonNode look) {
        return seen(look).map(one -> one.path("state").asText()).distinct();
    }

    /** All changes of state. */
    public static Stream<JsonNode> seen(JsonNode look) {
        return StreamSupport.stream(look.path("seen").spliterator(), false);
    }
}
