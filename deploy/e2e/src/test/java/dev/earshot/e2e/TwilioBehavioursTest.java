package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.StateChanged;
import dev.earshot.events.Topics;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every behaviour of Twilio that the simulator knows, and the row of the failure table that it must end in: final
 * state, HTTP answer, events, number of downloads.
 */
@Execution(ExecutionMode.CONCURRENT)
class TwilioBehavioursTest {

    /** How often media is asked for where every attempt is a counted one. */
    private static final int ALL_ATTEMPTS = Stack.MAX_ATTEMPTS;

    static Stream<Arguments> audioThatArrives() {
        return Stream.of(
                arrives("normal", Simulator.options(), 1, List.of()),
                arrives("slow-first-byte", Simulator.options().put("behaviourSeconds", 2), 1, List.of()),
                arrives("slow-body", Simulator.options().put("behaviourSeconds", 2), 1, List.of()),
                arrives("chunked", Simulator.options(), 1, List.of()),
                arrives("redirect", Simulator.options(), 1, List.of()),
                arrives("stalled-body", once(), 2, List.of("upstream-timeout")),
                arrives("server-error", once(), 2, List.of("upstream-error")),
                arrives("html", once(), 2, List.of("not-audio")),
                arrives("xml-error", once(), 2, List.of("not-audio")),
                arrives("zero-bytes", once(), 2, List.of("not-audio")),
                arrives("truncated", once(), 2, List.of("truncated")),
                arrives("reset", once(), 2, List.of("upstream-error", "truncated")),
                arrives("redirect-foreign", once(), 2, List.of("redirect-refused")));
    }

    /** Misbehaves once, or is merely slow: one fetch request is enough for the listener. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("audioThatArrives")
    void a_fetch_that_can_succeed_does_without_a_second_click(
            String behaviour, ObjectNode options, int downloads, List<String> reasons) {
        Recorded recorded = Simulator.record("acme", options.put("behaviour", behaviour));
        Listener listener = Listener.of("acme");

        Response click = listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(state(listener, recorded)).isEqualTo("ready"));

        assertThat(click.statusCode()).isEqualTo(202);
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
        eventually(() -> {
            assertThat(outcomes(recorded, RecordingReady.class)).hasSize(1);
            assertThat(lastWord(recorded).state()).isEqualTo(StateChanged.State.READY);
        });
        assertThat(Simulator.downloads(recorded)).isEqualTo(downloads);
        assertThat(failures(recorded)).allSatisfy(reason -> assertThat(reasons).contains(reason));
        assertThat(failures(recorded).isEmpty()).isEqualTo(reasons.isEmpty());
        assertThat(Bucket.local().audioKeys("acme/" + recorded.recordingSid() + "/"))
                .hasSize(1);
    }

    @Test
    void a_recording_that_twilio_still_processes_comes_without_a_second_click_when_it_is_there() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "not-ready").put("behaviourSeconds", 3600));
        Listener listener = Listener.of("acme");
        Response click = listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(failures(recorded)).isNotEmpty());

        Simulator.behave(recorded, "normal");

        eventually(() -> assertThat(state(listener, recorded)).isEqualTo("ready"));
        assertThat(click.statusCode()).isEqualTo(202);
        assertThat(failures(recorded)).containsOnly("not-ready-yet");
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
    }

    static Stream<Arguments> audioThatNeverComes() {
        return Stream.of(
                never("not-found", "source-deleted", "source-deleted", 410, "source-deleted", false, 1),
                never("deleted", "source-deleted", "source-deleted", 410, "source-deleted", false, 1),
                never("absent", "absent", "absent", 404, "recording-absent", false, 1),
                never("encrypted", "encrypted", "encrypted", 503, "recording-unplayable", false, 1),
                never("html", "not-audio", "not-audio", 503, "recording-unplayable", false, 3),
                never("xml-error", "not-audio", "not-audio", 503, "recording-unplayable", false, 3),
                never("zero-bytes", "not-audio", "not-audio", 503, "recording-unplayable", false, 3),
                never("huge", "too-large", "too-large", 503, "recording-unplayable", false, 1),
                never("server-error", "upstream-error", "attempts-exhausted", 503, "fetch-failed", true, ALL_ATTEMPTS),
                never(
                        "stalled-body",
                        "upstream-timeout",
                        "attempts-exhausted",
                        503,
                        "fetch-failed",
                        true,
                        ALL_ATTEMPTS),
                never("truncated", "truncated", "attempts-exhausted", 503, "fetch-failed", true, ALL_ATTEMPTS),
                never(
                        "redirect-foreign",
                        "redirect-refused",
                        "attempts-exhausted",
                        503,
                        "fetch-failed",
                        true,
                        ALL_ATTEMPTS),
                never("unauthorized", "unauthorized", "attempts-exhausted", 503, "fetch-failed", true, ALL_ATTEMPTS),
                never("reset", "", "attempts-exhausted", 503, "fetch-failed", true, ALL_ATTEMPTS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("audioThatNeverComes")
    void a_fetch_that_cannot_succeed_ends_and_says_why(
            String behaviour,
            String reason,
            String finalReason,
            int status,
            String code,
            boolean retryable,
            int downloads) {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", behaviour).put("webhook", false));
        // Twilio's webhook may say completed of what turns out to be something else.
        assertThat(Simulator.webhook(recorded, "?status=completed")).isEqualTo(204);
        Listener listener = Listener.of("acme");

        Response click = listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(state(listener, recorded)).isEqualTo("failed"));
        Response answer = listener.stream(recorded.recordingSid());

        assertThat(click.statusCode()).isEqualTo(202);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.path("code").toString()).isEqualTo(code);
        if (status == 503) {
            assertThat(answer.<Boolean>path("retryable")).isEqualTo(retryable);
            assertThat(answer.path("reason").toString()).isEqualTo(finalReason);
            assertThat(answer.header("Retry-After") != null).isEqualTo(retryable);
        }
        assertThat(Simulator.downloads(recorded)).isEqualTo(downloads);
        eventually(() -> assertThat(failures(recorded))
                .isNotEmpty()
                .allSatisfy(met -> assertThat(met).contains(reason)));
        eventually(() -> {
            StateChanged last = lastWord(recorded);
            assertThat(last.state()).isEqualTo(StateChanged.State.FAILED);
            assertThat(last.reason().orElseThrow().code()).isEqualTo(finalReason);
        });
        assertThat(Bucket.local().keys("acme/" + recorded.recordingSid() + "/")).isEmpty();
    }

    @Test
    void refused_credentials_stay_202_until_somebody_mends_them() {
        Recorded recorded = Simulator.call("acme", "unauthorized");
        Listener listener = Listener.of("acme");

        listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(failures(recorded)).contains("unauthorized"));
        Response meanwhile = listener.stream(recorded.recordingSid());
        Simulator.behave(recorded, "normal");
        eventually(() -> assertThat(state(listener, recorded)).isEqualTo("ready"));

        assertThat(meanwhile.statusCode()).isEqualTo(202);
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
    }

    /** 429 halves what the account may have in flight, so these have an account that nobody else here uses. */
    @ParameterizedTest
    @ValueSource(strings = {"rate-limited", "rate-limited-retry-after"})
    void too_many_requests_stay_202_and_do_not_count(String behaviour) {
        int moreThanCountedOnes = ALL_ATTEMPTS + 1;
        Recorded recorded = Simulator.record(
                "initech",
                Simulator.options()
                        .put("behaviour", behaviour)
                        .put("behaviourTimes", moreThanCountedOnes)
                        .put("behaviourSeconds", 1));
        Listener listener = Listener.of("initech");

        Response click = listener.stream(recorded.recordingSid());
        eventually(() -> assertThat(state(listener, recorded)).isEqualTo("ready"));

        assertThat(click.statusCode()).isEqualTo(202);
        eventually(() ->
                assertThat(failures(recorded)).hasSize(moreThanCountedOnes).containsOnly("rate-limited"));
        assertThat(Simulator.downloads(recorded)).isEqualTo(moreThanCountedOnes + 1);
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
    }

    private static ObjectNode once() {
        return Simulator.options().put("behaviourTimes", 1);
    }

    private static Arguments arrives(String behaviour, ObjectNode options, int downloads, List<String> reasons) {
        return Arguments.of(behaviour, options, downloads, reasons);
    }

    private static Arguments never(
            String behaviour, String reason, String last, int status, String code, boolean retryable, int downloads) {
        return Arguments.of(behaviour, reason, last, status, code, retryable, downloads);
    }

    private static String state(Listener listener, Recorded recorded) {
        return listener.info(recorded.recordingSid()).path("state").toString();
    }

    private static <E extends dev.earshot.events.RecordingEvent> List<E> outcomes(Recorded recorded, Class<E> type) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), type);
    }

    private static List<String> failures(Recorded recorded) {
        return outcomes(recorded, FetchFailed.class).stream()
                .map(failed -> failed.reason().code())
                .toList();
    }

    private static StateChanged lastWord(Recorded recorded) {
        List<StateChanged> words = Events.seen().of(Topics.RECORDINGS, recorded.recordingSid(), StateChanged.class);
        assertThat(words).isNotEmpty();
        return words.getLast();
    }
}
