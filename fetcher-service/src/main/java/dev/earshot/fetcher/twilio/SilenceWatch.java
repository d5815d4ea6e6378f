package dev.earshot.fetcher.twilio;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Calls back once when nothing was heard for too long. Hearing something is only a store to a field; the timer looks at
 * it when it fires, instead of being set anew for each chunk of a body.
 */
final class SilenceWatch {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final Consumer<Duration> onSilence;
    private Duration limit = Duration.ZERO;
    private long timer = NONE;
    private long heardAt;
    private boolean suspended;

    SilenceWatch(Vertx vertx, Consumer<Duration> onSilence) {
        this.vertx = vertx;
        this.onSilence = onSilence;
    }

    /** Begins anew with another limit. */
    void start(Duration silenceLimit) {
        stop();
        limit = silenceLimit;
        suspended = false;
        heard();
        arm(silenceLimit);
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    /** Our own disk is the slow one: that is not the other side's silence. */
    void suspend() {
        suspended = true;
    }

    void resume() {
        suspended = false;
        heard();
    }

    void stop() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    private void arm(Duration delay) {
        timer = vertx.setTimer(Math.max(1, delay.toMillis()), ignored -> look());
    }

    private void look() {
        timer = NONE;
        Duration left = suspended ? limit : limit.minusNanos(System.nanoTime() - heardAt);
        if (left.toMillis() > 0) {
            arm(left);
        } else {
            onSilence.accept(limit);
        }
    }
}
