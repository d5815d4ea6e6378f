package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Simulator.Recorded;
import java.time.Duration;

/** One click, and then only looks: no further request for the audio helps it on. */
public final class Unasked {
    /** A killed consumer's place in its group is given away after its session time-out of 10 s. */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private Unasked() {}

    /**
     * The one click. Where the gateway dies on the way its answer is lost; the oracle expects of that claim what it
     * expects of a promise.
     *
     * @return whether the listener was promised the audio
     */
    public static boolean click(Listener listener, Recorded recorded) {
        try {
            return listener.stream(recorded.recordingSid()).statusCode() == 202;
        } catch (Exception noAnswer) {
            Promises.note(recorded.recordingSid());
            return false;
        }
    }

    /** Waits until it is ready, and plays it then. */
    public static void becomesReady(Recorded recorded) {
        Listener listener = Listener.of(recorded.tenant());
        Eventually.within(
                A_MINUTE,
                () -> assertThat(listener.info(recorded.recordingSid())
                                .path("state")
                                .toString())
                        .isEqualTo("ready"));
        assertThat(Listener.sha256(listener.stream(recorded.recordingSid()))).isEqualTo(recorded.sha256());
    }
}
