package dev.earshot.e2e.support;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** The one way of waiting in these tests: for a condition, never for a time. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Eventually() {}

    /** Tries until the assertions hold, for half a minute. */
    public static void eventually(ThrowingRunnable assertions) {
        within(PATIENCE, assertions);
    }

    /** Asks again and again, and every time the assertions must hold. */
    public static void throughout(Duration span, ThrowingRunnable assertions) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(250))
                .during(span)
                .atMost(span.plusSeconds(10))
                .untilAsserted(assertions);
    }

    public static void within(Duration atMost, ThrowingRunnable assertions) {
        Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(java.io.UncheckedIOException.class)
                .untilAsserted(assertions);
    }
}
