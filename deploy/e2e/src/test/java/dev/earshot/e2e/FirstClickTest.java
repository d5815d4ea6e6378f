package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newcomer does with curl after {@code ./earshot up}, in the README's words. */
class FirstClickTest {
    private static final String UNKNOWN = "RE00000000000000000000000000000000";

    @Test
    void a_click_on_an_unfetched_recording_is_202_and_then_the_exact_audio() {
        Recorded recorded = Simulator.call("acme");
        Listener listener = Listener.of("acme");

        Response first = listener.stream(recorded.recordingSid());
        Response held = listener.streamWaiting(recorded.recordingSid(), 20);
        Response again = listener.stream(recorded.recordingSid());

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.header("Retry-After")).isNotBlank();
        assertThat(first.path("status").toString()).isEqualTo("preparing");
        assertThat(first.path("recordingSid").toString()).isEqualTo(recorded.recordingSid());
        assertThat(held.statusCode()).isEqualTo(200);
        assertThat(held.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(Listener.sha256(held)).isEqualTo(recorded.sha256());
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Listener.sha256(again)).isEqualTo(recorded.sha256());
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        assertThat(Bucket.local().audioKeys("acme/" + recorded.recordingSid() + "/"))
                .containsExactly("acme/" + recorded.recordingSid() + "/1/audio");
    }

    @Test
    void audio_carries_every_header_that_a_player_needs() {
        Recorded recorded = ready("acme");
        Response audio = Listener.of("acme").stream(recorded.recordingSid());

        assertThat(audio.header("Content-Length")).isEqualTo(Long.toString(recorded.sizeBytes()));
        assertThat(audio.header("Content-Type")).isEqualTo("audio/mpeg");
        assertThat(audio.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(audio.header("ETag")).startsWith("\"").contains(recorded.sha256());
        assertThat(audio.header("Last-Modified")).endsWith(" GMT");
        assertThat(audio.header("Repr-Digest")).startsWith("sha-256=:");
        assertThat(audio.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(audio.header("Vary")).isEqualTo("Authorization, Cookie");
        assertThat(audio.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(audio.header("Transfer-Encoding")).isNull();
    }

    @Test
    void a_range_of_two_bytes_is_206_with_exactly_these_bytes() {
        Recorded recorded = ready("acme");
        Listener listener = Listener.of("acme");
        byte[] whole = listener.stream(recorded.recordingSid()).asByteArray();

        Response probe = listener.request()
                .header("Range", "bytes=0-1")
                .get("/api/recordings/{sid}/stream", recorded.recordingSid());

        assertThat(probe.statusCode()).isEqualTo(206);
        assertThat(probe.header("Content-Length")).isEqualTo("2");
        assertThat(probe.header("Content-Range")).isEqualTo("bytes 0-1/" + recorded.sizeBytes());
        assertThat(probe.asByteArray()).isEqualTo(Arrays.copyOf(whole, 2));
    }

    @Test
    void a_range_past_the_end_is_416_and_a_known_etag_304() {
        Recorded recorded = ready("acme");
        Listener listener = Listener.of("acme");

        Response past = listener.request()
                .header("Range", "bytes=" + recorded.sizeBytes() + "-")
                .get("/api/recordings/{sid}/stream", recorded.recordingSid());
        Response known = listener.request()
                .header("If-None-Match", '"' + recorded.sha256() + '"')
                .get("/api/recordings/{sid}/stream", recorded.recordingSid());
        Response head = listener.request().head("/api/recordings/{sid}/stream", recorded.recordingSid());

        assertThat(past.statusCode()).isEqualTo(416);
        assertThat(past.header("Content-Range")).isEqualTo("bytes */" + recorded.sizeBytes());
        assertThat(known.header("ETag")).isEqualTo(head.header("ETag"));
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(Long.toString(recorded.sizeBytes()));
    }

    @Test
    void a_call_sid_plays_the_calls_recording_and_names_it() {
        Recorded recorded = ready("acme");

        Response audio = Listener.of("acme").stream(recorded.callSid());

        assertThat(audio.statusCode()).isEqualTo(200);
        assertThat(audio.header("Content-Location"))
                .isEqualTo("/api/recordings/" + recorded.recordingSid() + "/stream");
        assertThat(Listener.sha256(audio)).isEqualTo(recorded.sha256());
    }

    @Test
    void a_dual_channel_call_is_stored_with_both_channels() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("channels", 2));

        Response audio = Listener.of("acme").streamWaiting(recorded.recordingSid(), 20);
        Response info = Listener.of("acme").info(recorded.recordingSid());

        assertThat(Listener.sha256(audio)).isEqualTo(recorded.sha256());
        assertThat(info.<Integer>path("channels")).isEqualTo(2);
    }

    @Test
    void another_tenants_recording_answers_byte_for_byte_as_an_unknown_one() {
        Recorded recorded = ready("acme");
        Listener stranger = Listener.of("globex");

        for (String method : new String[] {"GET", "HEAD"}) {
            Response foreign =
                    stranger.request().request(method, "/api/recordings/" + recorded.recordingSid() + "/stream");
            Response unknown = stranger.request().request(method, "/api/recordings/" + UNKNOWN + "/stream");

            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(foreign.asByteArray()).isEqualTo(unknown.asByteArray());
            assertThat(comparable(foreign.headers())).isEqualTo(comparable(unknown.headers()));
        }
        assertThat(stranger.info(recorded.recordingSid()).asByteArray())
                .isEqualTo(stranger.info(UNKNOWN).asByteArray());
        assertThat(stranger.stream(recorded.callSid()).asByteArray())
                .isEqualTo(stranger.stream(UNKNOWN).asByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RE123", "abc", "RE0000000000000000000000000000000g", "..%2f..%2fsecret"})
    void a_malformed_sid_is_400(String sid) {
        Response answer = Listener.of("acme").request().get("/api/recordings/" + sid + "/stream");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void without_a_token_it_is_401_and_with_a_bad_one_too() {
        Response none = io.restassured.RestAssured.given()
                .baseUri(Stack.running().gatewayUrl())
                .get("/api/recordings/{sid}/stream", UNKNOWN);
        Response bad = Listener.with("not.a.token").stream(UNKNOWN);

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(bad.statusCode()).isEqualTo(401);
    }

    @Test
    void without_the_role_or_without_a_tenant_it_is_403() {
        Response noRole = Listener.with(Stack.running().token("acme")).stream(UNKNOWN);
        Response noTenant = Listener.with(Stack.running().token("", "recordings:play")).stream(UNKNOWN);

        assertThat(noRole.statusCode()).isEqualTo(403);
        assertThat(noTenant.statusCode()).isEqualTo(403);
    }

    @Test
    void older_than_the_window_and_not_stored_is_410() {
        Recorded recorded = Simulator.record(
                "acme",
                Simulator.options()
                        .put(
                                "startedAt",
                                Instant.now()
                                        .minus(Stack.WINDOW_DAYS + 1, ChronoUnit.DAYS)
                                        .toString()));

        Response answer = Listener.of("acme").stream(recorded.recordingSid());

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.path("code").toString()).isEqualTo("recording-expired");
        assertThat(Simulator.downloads(recorded)).isZero();
    }

    @Test
    void a_call_of_a_tenant_with_prefetch_is_ready_without_anybody_asking() {
        Recorded recorded = Simulator.call("globex");
        Listener listener = Listener.of("globex");

        eventually(() -> assertThat(
                        listener.info(recorded.recordingSid()).path("state").toString())
                .isEqualTo("ready"));

        Response audio = listener.stream(recorded.recordingSid());
        assertThat(audio.statusCode()).isEqualTo(200);
        assertThat(audio.contentType()).isEqualTo("audio/x-wav");
        assertThat(Listener.sha256(audio)).isEqualTo(recorded.sha256());
    }

    @Test
    void what_is_known_of_a_recording_is_told() {
        Recorded recorded = ready("acme");

        Response info = Listener.of("acme").info(recorded.recordingSid());

        assertThat(info.statusCode()).isEqualTo(200);
        assertThat(info.path("state").toString()).isEqualTo("ready");
        assertThat(info.path("callSid").toString()).isEqualTo(recorded.callSid());
        assertThat(info.path("sha256").toString()).isEqualTo(recorded.sha256());
        assertThat(info.<Number>path("sizeBytes").longValue()).isEqualTo(recorded.sizeBytes());
        assertThat(info.header("Cache-Control")).isEqualTo("no-store");
    }

    private static Recorded ready(String tenant) {
        Recorded recorded = Simulator.call(tenant);
        assertThat(Listener.of(tenant)
                        .streamWaiting(recorded.recordingSid(), 20)
                        .statusCode())
                .isEqualTo(200);
        return recorded;
    }

    private static String comparable(Headers headers) {
        return headers.asList().stream()
                .filter(header -> !header.getName().toLowerCase(Locale.ROOT).equals("date"))
                .map(header -> header.getName() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
    }
}
