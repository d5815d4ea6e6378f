package dev.earshot.e2e.support;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The gateway's console in a real browser, as a person sees it and uses it. */
public final class ConsolePage {
    private final Browser.Session browser;

    private ConsolePage(Browser.Session browser) {
        this.browser = browser;
    }

    /**
     * Opens it and signs in at the local provider.
     *
     * @param who what the provider's page says of the person
     */
    public static ConsolePage signIn(Browser.Session browser, String who) {
        ConsolePage page = new ConsolePage(browser);
        page.open();
        page.lookAgain();
        page.click(who);
        // What is in the page is gone with it; there is a new one after the way back.
        eventually(() -> {
            page.lookAgain();
            assertThat(page.place("Sign out", "")).as("signed in").isPresent();
            assertThat(browser.run("() => eye.isListed()").asBoolean())
                    .as("the list")
                    .isTrue();
        });
        return page;
    }

    /** Goes to the console, which may lead to the provider. */
    public void open() {
        browser.open(Stack.running().gatewayUrl() + "/console/");
    }

    public String address() {
        return browser.run("() => location.href").asText();
    }

    private void lookAgain() {
        try {
            browser.run("window.eye ? () => {} : "
                    + Files.readString(Stack.root().resolve("deploy/e2e/browsers/pages/console.js")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calls of the rows on the page, the first one first. */
    public List<String> calls() {
        List<String> calls = new ArrayList<>();
        browser.run("() => eye.rows()")
                .forEach(row -> calls.add(row.path("call").asText()));
        return calls;
    }

    /** Clicks the button of this name, a pattern, as soon as there is one. */
    public void click(String name) {
        click(name, "");
    }

    /** Clicks such a button in the row of a call. */
    public void click(String name, String call) {
        eventually(() ->
                assertThat(place(name, call)).as("a button %s %s", name, call).isPresent());
        JsonNode place = place(name, call).orElseThrow();
        browser.click(place.get("x").asDouble(), place.get("y").asDouble());
    }

    private Optional<JsonNode> place(String name, String call) {
        ObjectNode which = Http.JSON.createObjectNode().put("name", name);
        if (!call.isEmpty()) {
            which.put("call", call);
        }
        JsonNode place = browser.run("(which) => eye.place(which)", which);
        return place.isNull() ? Optional.empty() : Optional.of(place);
    }

    /** Looks until it is as wanted. */
    public void shows(Consumer<JsonNode> wanted) {
        eventually(() -> wanted.accept(browser.run("() => eye.look()")));
    }

    /** The status that the page's own requests get. */
    public int status(String path) {
        return browser.run(
                        "(path) => fetch(path).then(({ status }) => status)",
                        Http.JSON.getNodeFactory().textNode(path))
                .asInt();
    }

    /** What the page's policy held back. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        browser.run("() => eye.look()").path("violations").forEach(one -> violations.add(one.asText()));
        return violations;
    }
}
