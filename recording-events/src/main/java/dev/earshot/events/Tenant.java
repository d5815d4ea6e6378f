package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Who may hear a recording. The syntax keeps a tenant usable as one path segment of an object key and as the part of a
 * Kafka key before the colon.
 *
 * @param value 1 to 64 characters of {@code [A-Za-z0-9._-]}, the first one a letter or a digit
 */
public record Tenant(@JsonValue String value) {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException if the value does not follow the syntax */
    @JsonCreator
    public Tenant {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "not a tenant (expected 1 to 64 of A-Z a-z 0-9 . _ - beginning with a letter or digit)");
        }
    }

    /** Whether {@link #Tenant} would accept the text. */
    public static boolean isValid(String text) {
        return SYNTAX.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
