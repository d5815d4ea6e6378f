package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Collector;
import dev.earshot.e2e.support.Collector.Traced;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.events.Topics;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** One trace follows one click, whoever publishes its request, and tells nothing that opens a recording. */
@Isolated("cuts connections for everybody")
class TracesTest {
    private static final String CLICK = "GET /api/recordings/{sid}/stream";
    private static final String REQUEST = "send " + Topics.FETCH_REQUESTS;
    private static final String FETCH = "process " + Topics.FETCH_REQUESTS;
    private static final String OUTCOME = "send " + Topics.FETCH_OUTCOMES;
    private static final String ACCEPTANCE = "process " + Topics.FETCH_OUTCOMES;
    private static final String LAST_WORD = "send " + Topics.RECORDINGS;
    private static final String WAKE = "wake";

    private final Listener listener = Listener.of("acme");
    /** As a browser or a proxy that traces would begin it. */
    private final String trace = hex(16);

    private final String caller = hex(8);

    @AfterEach
    void heal() {
        Stack.running().relay("kafka", "heal");
    }

    @Test
    void one_trace_covers_click_request_download_upload_ready_and_both_ways_of_waking() throws Exception {
        Recorded recorded = Simulator.call("acme");
        try (BufferedReader events = events(recorded)) {
            assertThat(events.lines().filter(line -> line.startsWith("data: ")).findFirst())
                    .isPresent();

            Response held = RestAssured.given()
                    .baseUri(Stack.running().gatewayUrl())
                    .urlEncodingEnabled(false)
                    .header("traceparent", sampled())
                    .header("Prefer", "wait=20")
                    .get(ticket(recorded));

            assertThat(Listener.sha256(held)).isEqualTo(recorded.sha256());
            eventually(() -> {
                Traced click = one(CLICK);
                assertThat(click.parentId()).isEqualTo(caller);
                assertThat(one(REQUEST).parentId()).isEqualTo(click.spanId());
                fetchedFor(one(REQUEST));
                assertThat(one(LAST_WORD).parentId()).isEqualTo(click.spanId());
                assertThat(named(WAKE)).extracting(Traced::parentId).containsOnly(click.spanId());
                assertThat(named(WAKE)).anyMatch(wake -> wake.attributes().containsKey("earshot.waits"));
                assertThat(named(WAKE))
                        .anyMatch(wake -> "ready".equals(wake.attributes().get("earshot.state"))
                                && wake.attributes().containsKey("earshot.streams"));
            });
        }
        assertThat(one(REQUEST).attributes()).containsEntry("earshot.publisher", "request");
        ofWhomAndWhat(recorded);
        nothingIsToldThatOpensARecording();
    }

    @Test
    void what_the_sweeper_tries_again_belongs_to_the_click_that_asked_for_it() {
        Recorded recorded = Simulator.call("acme", "server-error");
        Response click = click(recorded);
        eventually(() -> assertThat(Simulator.downloads(recorded)).isPositive());
        Simulator.behave(recorded, "normal");

        // Whoever waits is not traced: what the click set in motion wakes them.
        Response held = listener.streamWaiting(recorded.recordingSid(), 20);

        assertThat(click.statusCode()).isEqualTo(202);
        assertThat(Listener.sha256(held)).isEqualTo(recorded.sha256());
        theSweepersPublicationIsTheClicks();
        assertThat(named("download").getFirst().attributes()).containsEntry("error.type", "RefusedAnswer");
        nothingIsToldThatOpensARecording();
    }

    @Tag("long")
    @Test
    void what_the_broker_did_not_take_and_the_sweeper_publishes_belongs_to_the_click() {
        Recorded recorded = Simulator.call("acme");
        Stack.running().relay("kafka", "cut");
        Response click = click(recorded);
        eventually(() -> assertThat(named(REQUEST)).anyMatch(Traced::failed));
        Stack.running().relay("kafka", "heal");

        Response held = listener.streamWaiting(recorded.recordingSid(), 25);

        assertThat(click.statusCode()).isEqualTo(202);
        assertThat(Listener.sha256(held)).isEqualTo(recorded.sha256());
        theSweepersPublicationIsTheClicks();
    }

    private void theSweepersPublicationIsTheClicks() {
        eventually(() -> {
            Traced click = one(CLICK);
            assertThat(named(REQUEST)).extracting(Traced::parentId).containsOnly(click.spanId());
            assertThat(named(REQUEST).getFirst().attributes()).containsEntry("earshot.publisher", "request");
            assertThat(named(REQUEST).getLast().attributes()).containsEntry("earshot.publisher", "sweeper");
            fetchedFor(named(REQUEST).getLast());
            assertThat(named(WAKE)).extracting(Traced::parentId).containsOnly(click.spanId());
            assertThat(named(LAST_WORD)).extracting(Traced::parentId).containsOnly(click.spanId());
        });
    }

    /** From a request on its way to the acceptance of what came of it. */
    private void fetchedFor(Traced request) {
        Traced fetch = childOf(request, FETCH);
        Traced outcome = childOf(fetch, OUTCOME);
        Traced acceptance = childOf(outcome, ACCEPTANCE);
        List<Traced> steps = List.of(childOf(fetch, "download"), childOf(fetch, "upload"), childOf(fetch, "confirm"));

        assertThat(List.of(request, acceptance)).extracting(Traced::service).containsOnly("earshot-gateway");
        assertThat(List.of(fetch, outcome)).extracting(Traced::service).containsOnly("earshot-fetcher");
        assertThat(List.of(request.kind(), fetch.kind(), outcome.kind(), acceptance.kind()))
                .containsExactly("PRODUCER", "CONSUMER", "PRODUCER", "CONSUMER");
        assertThat(steps)
                .isSortedAccordingTo(Comparator.comparing(Traced::startNanos))
                .extracting(Traced::kind)
                .containsOnly("CLIENT");
        assertThat(outcome.startNanos()).isGreaterThanOrEqualTo(steps.getLast().startNanos());
    }

    private void ofWhomAndWhat(Recorded recorded) {
        assertThat(spans())
                .filteredOn(span -> !List.of("download", "upload", "confirm").contains(span.name()))
                .allSatisfy(span -> assertThat(span.attributes())
                        .containsEntry("earshot.tenant", "acme")
                        .containsEntry("earshot.recording_sid", recorded.recordingSid()));
        assertThat(one("upload").attributes())
                .containsEntry("aws.s3.key", "acme/" + recorded.recordingSid() + "/1/audio");
        assertThat(one("download").attributes()).containsEntry("http.response.status_code", "200");
    }

    /** Of all that was ever sent: a query has tickets, signatures and codes in it. */
    private static void nothingIsToldThatOpensARecording() {
        assertThat(Collector.running().all())
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.told())
                        .doesNotContain(
                                "ticket", "?", "eyJ", "X-Amz", "Signature", "Bearer", "Basic ", "RequestedChannels"));
    }

    private Response click(Recorded recorded) {
        return listener.request()
                .header("traceparent", sampled())
                .get("/api/recordings/{sid}/stream", recorded.recordingSid());
    }

    private String ticket(Recorded recorded) {
        Response ticket = listener.request().post("/api/recordings/{sid}/playback-ticket", recorded.recordingSid());
        URI url = URI.create(ticket.path("url").toString());
        assertThat(url.getRawQuery()).startsWith("ticket=");
        return url.getRawPath() + "?" + url.getRawQuery();
    }

    private BufferedReader events(Recorded recorded) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        Stack.running().gatewayUrl() + "/api/recordings/events?sid=" + recorded.recordingSid()))
                .header("Authorization", "Bearer " + listener.token())
                .build();
        return new BufferedReader(new InputStreamReader(
                Http.CLIENT.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
    }

    private List<Traced> spans() {
        return Collector.running().of(trace);
    }

    private List<Traced> named(String name) {
        return spans().stream()
                .filter(span -> span.name().equals(name))
                .sorted(Comparator.comparing(Traced::startNanos))
                .toList();
    }

    private Traced one(String name) {
        assertThat(named(name)).as(name).hasSize(1);
        return named(name).getFirst();
    }

    private Traced childOf(Traced parent, String name) {
        List<Traced> children = named(name).stream()
                .filter(span -> span.parentId().equals(parent.spanId()))
                .toList();
        assertThat(children).as(name + " for " + parent.name()).hasSize(1);
        return children.getFirst();
    }

    private String sampled() {
        return "00-" + trace + "-" + caller + "-01";
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
