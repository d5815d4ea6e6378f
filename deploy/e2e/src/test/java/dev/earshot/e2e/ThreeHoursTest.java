package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.e2e.support.Eventually;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The player shows and seeks a call of three hours as if it were one of three minutes: the audio is not decoded for that, nor fetched. */
@Tag("long")
class ThreeHoursTest {
    private static final int SECONDS = 3 * 3600;
    private static final int SOON_MILLIS = 1000;
    private static final int OUTLIER_MILLIS = 3000;
    private static final Duration DECODING = Duration.ofMinutes(3);

    private final Listener listener = Listener.of("acme");

    @Test
    void a_call_of_three_hours_has_its_waveform_and_seeks_within_a_second_without_being_decoded() throws IOException {
        Recorded recorded =
                Recordings.stored(Simulator.record("acme", Simulator.options().put("seconds", SECONDS)));
        // What ffmpeg decodes once, where the call is stored.
        Eventually.within(
                DECODING,
                () -> assertThat(listener.request()
                                .get("/api/recordings/{sid}/peaks", recorded.recordingSid())
                                .statusCode())
                        .isEqualTo(200));

        JsonNode measured = measure(recorded, 9000, 1800, 10_500, 5400, 30);

        System.out.println("A call of three hours, " + recorded.sizeBytes() + " bytes: " + measured);
        assertThat(measured.path("duration").asDouble()).isCloseTo(SECONDS, within(1.0));
        assertSoon(measured, "waveformsAfter", "seeksAfter");
        assertSoon(measured, "soundsAfter");
        assertThat(measured.path("decoded").asInt())
                .as("calls of decodeAudioData")
                .isZero();
        assertThat(measured.path("byScript").asInt())
                .as("audio that a script fetched")
                .isZero();
        assertThat(measured.path("audioBytes").asLong())
                .as("bytes of audio that the browser took, of %s", recorded.sizeBytes())
                .isPositive()
                .isLessThan(recorded.sizeBytes() / 2);
    }

    /** All but one, for the two cores of a test machine run the servers, the browser and this test: each may be held up once. */
    private static void assertSoon(JsonNode measured, String... lists) {
        List<Integer> slow = Stream.of(lists)
                .peek(list -> assertThat(measured.path(list)).as(list).hasSizeGreaterThanOrEqualTo(3))
                .flatMap(list -> StreamSupport.stream(measured.path(list).spliterator(), false))
                .map(JsonNode::asInt)
                .filter(millis -> millis >= SOON_MILLIS)
                .toList();
        assertThat(slow).as("slower than %s ms, in %s", SOON_MILLIS, measured).hasSizeLessThanOrEqualTo(1);
        assertThat(slow).allSatisfy(millis -> assertThat(millis).isLessThan(OUTLIER_MILLIS));
    }

    private JsonNode measure(Recorded recorded, Integer... seconds) throws IOException {
        List<String> command = new java.util.ArrayList<>(
                List.of("node", "long-call.js", Stack.running().gatewayUrl(), recorded.recordingSid()));
        List.of(seconds).forEach(second -> command.add(second.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Stack.root().resolve("deploy/e2e/browsers").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("EARSHOT_TOKEN", listener.token());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue())
                .as("run ./earshot test, or npm ci in player and deploy/e2e/browsers")
                .isZero();
        return Http.JSON.readTree(printed);
    }
}
