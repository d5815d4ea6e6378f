package dev.earshot.doctor;

import java.util.List;

/** The configuration itself cannot work, so that the check never came to look at anything else. */
public final class Misconfigured extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> keys;

    /** @param message without values that may be secret */
    public Misconfigured(String message, List<String> keys) {
        super(message);
        this.keys = List.copyOf(keys);
    }

    Finding as(String check) {
        return new Finding(
                check,
                Severity.ERROR,
                String.valueOf(getMessage()),
                "set it as the README's table of keys tells",
                keys);
    }
}
