package dev.earshot.e2e.support;

import java.time.Duration;
import java.util.function.Supplier;

/** An answer and how long it took. */
public record Timed<T>(T answer, Duration took) {
    public static <T> Timed<T> of(Supplier<T> asking) {
        long asked = System.nanoTime();
        T answer = asking.get();
        return new Timed<>(answer, Duration.ofNanos(System.nanoTime() - asked));
    }
}
