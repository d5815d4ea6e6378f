package dev.earshot.gateway.ticket;

import org.jspecify.annotations.Nullable;

/** A throwable as the log shows it: its class, its message without what {@link TicketRedaction} takes out, its stack, and its causes likewise. */
final class Redacted extends Exception {
    private static final long serialVersionUID = 1L;
    /** Causes may go round in a circle. */
    private static final int DEEPEST = 20;

    private final String text;

    private Redacted(Throwable original, @Nullable Throwable cause) {
        super(null, cause, false, true);
        this.text = TicketRedaction.redacted(String.valueOf(original));
        setStackTrace(original.getStackTrace());
    }

    static boolean holdsSecret(@Nullable Throwable thrown) {
        @Nullable Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (TicketRedaction.holdsSecret(String.valueOf(each))) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    static Redacted copyOf(Throwable original) {
        return copyOf(original, DEEPEST);
    }

    private static Redacted copyOf(Throwable original, int depth) {
        Throwable cause = original.getCause();
        return new Redacted(original, cause == null || depth == 0 ? null : copyOf(cause, depth - 1));
    }

    @Override
    public String toString() {
        return text;
    }
}
