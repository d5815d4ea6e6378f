package dev.earshot.local.bench;

import java.util.Arrays;
import java.util.Locale;

/** How long each took, in microseconds. */
final class Distribution {
    private final long[] sorted;

    Distribution(long[] micros) {
        sorted = micros.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    /**
     * The smallest value that at least this part of all does not exceed (nearest rank).
     *
     * @param part above 0, at most 1
     */
    long micros(double part) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    long maxMicros() {
        return micros(1);
    }

    /** One line of the table. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "  %-18s %6d %9.1f %9.1f %9.1f %9.1f %9.1f",
                name,
                count(),
                millis(sorted.length == 0 ? 0 : sorted[0]),
                millis(micros(0.5)),
                millis(micros(0.95)),
                millis(micros(0.99)),
                millis(maxMicros()));
    }

    static String head() {
        return String.format(
                Locale.ROOT,
                "  %-18s %6s %9s %9s %9s %9s %9s",
                "ready to told, ms",
                "count",
                "min",
                "p50",
                "p95",
                "p99",
                "max");
    }

    private static double millis(long micros) {
        return micros / 1000.0;
    }
}
