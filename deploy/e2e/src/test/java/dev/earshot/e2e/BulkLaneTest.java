package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.events.Topics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody clicks on: prefetched recordings, WAV, in the bulk lane. */
class BulkLaneTest {
    private final Listener listener = Listener.of("globex");

    @Test
    void a_click_on_a_prefetch_that_runs_does_not_fetch_twice() {
        Recorded recorded = Simulator.record(
                "globex", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 3));
        eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));

        int click = listener.stream(recorded.recordingSid()).statusCode();
        String audio = Listener.sha256(listener.streamWaiting(recorded.recordingSid(), 20));

        assertThat(click).isEqualTo(202);
        assertThat(audio).isEqualTo(recorded.sha256());
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        eventually(() -> assertThat(
                        Events.seen().of(Topics.PREFETCH_REQUESTS, recorded.recordingSid(), FetchRequested.class))
                .singleElement()
                .satisfies(request -> assertThat(request.lane()).isEqualTo(Lane.BULK)));
        eventually(
                () -> assertThat(Events.seen().of(Topics.FETCH_REQUESTS, recorded.recordingSid(), FetchRequested.class))
                        .singleElement()
                        .satisfies(request -> assertThat(request.attempt()).isEqualTo(1)));
    }

    /** Each behaviour once more, without a listener who asks again. */
    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "normal, 0, ready",
        "slow-first-byte, 0, ready",
        "slow-body, 0, ready",
        "chunked, 0, ready",
        "redirect, 0, ready",
        "not-ready, 0, ready",
        "stalled-body, 1, ready",
        "rate-limited, 1, ready",
        "rate-limited-retry-after, 1, ready",
        "server-error, 1, ready",
        "html, 1, ready",
        "xml-error, 1, ready",
        "zero-bytes, 1, ready",
        "truncated, 1, ready",
        "reset, 1, ready",
        "redirect-foreign, 1, ready",
        "unauthorized, 1, ready",
        "not-found, 0, failed",
        "deleted, 0, failed",
        "absent, 0, failed",
        "encrypted, 0, failed",
        "huge, 0, failed",
        "server-error, 0, failed",
        "html, 0, failed",
        "truncated, 0, failed",
    })
    void a_prefetch_comes_to_its_end_by_itself(String behaviour, int times, String end) {
        ObjectNode options = Simulator.options().put("behaviour", behaviour).put("behaviourSeconds", 2);
        if (times > 0) {
            options.put("behaviourTimes", times);
        }
        Recorded recorded = Simulator.record("globex", options);

        eventually(() -> assertThat(
                        listener.info(recorded.recordingSid()).path("state").toString())
                .isEqualTo(end));

        if (end.equals("ready")) {
            assertThat(Listener.sha256(listener.stream(recorded.recordingSid())))
                    .isEqualTo(recorded.sha256());
        }
    }
}
