package dev.earshot.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** The one place that writes to the terminal. Lines of parts that start at the same time do not mix. */
public final class Console {
    private static final int NAME_WIDTH = 26;

    private final PrintStream out;
    private final PrintStream err;

    public Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @SuppressWarnings("SystemOut") // This class is the exception to the rule.
    static Console terminal() {
        return new Console(System.out, System.err);
    }

    public synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    public synchronized void error(String text) {
        err.println(text);
        err.flush();
    }

    /** {@code   PostgreSQL 18 ............ ready in 1.2 s}. */
    public void step(String name, String state, Duration took) {
        String dots = ".".repeat(Math.max(3, NAME_WIDTH - name.length()));
        line(String.format(Locale.ROOT, "  %s %s %s in %.1f s", name, dots, state, took.toMillis() / 1000.0));
    }
}
