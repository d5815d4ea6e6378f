package dev.earshot.e2e.support;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Topics;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** One recording that 500 listeners ask for at once, each of whom lets the gateway hold the answer. */
public final class Stampede {
    private static final int LISTENERS = 500;
    private static final Duration LAST_ANSWER = Duration.ofSeconds(60);

    private final Recorded recorded;
    private final List<CompletableFuture<HttpResponse<byte[]>>> clicks;

    private Stampede(Recorded recorded) {
        this.recorded = recorded;
        HttpRequest click = HttpRequest.newBuilder(URI.create(
                        Stack.running().gatewayUrl() + "/api/recordings/" + recorded.recordingSid() + "/stream"))
                .header(
                        "Authorization",
                        "Bearer " + Listener.of(recorded.tenant()).token())
                .header("Prefer", "wait=25")
                .timeout(LAST_ANSWER)
                .build();
        this.clicks = IntStream.range(0, LISTENERS)
                .mapToObj(nth -> Http.CLIENT.sendAsync(click, BodyHandlers.ofByteArray()))
                .toList();
    }

    /** Sends all the clicks; their answers come later. */
    public static Stampede on(Recorded recorded) {
        return new Stampede(recorded);
    }

    /** Waits for the answers. */
    public void allHearIt() {
        assertThat(clicks.stream().map(CompletableFuture::join))
                .hasSize(LISTENERS)
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(Listener.sha256(new ByteArrayInputStream(answer.body())))
                            .isEqualTo(recorded.sha256());
                });
    }

    /** One request, one download, one object, one row. */
    public void wasOneFetch() {
        String sid = recorded.recordingSid();
        // Our own consumer may be behind.
        eventually(() -> assertThat(Events.seen().of(Topics.FETCH_REQUESTS, sid, FetchRequested.class))
                .hasSize(1));
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
        assertThat(Bucket.local().audioKeys(recorded.tenant() + "/" + sid + "/"))
                .hasSize(1);
        assertThat(Database.local().rows("select generation from recording where recording_sid = ?", sid))
                .singleElement()
                .satisfies(row -> assertThat(row.number("generation")).isEqualTo(1));
    }
}
