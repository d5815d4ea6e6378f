package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The SID of one Twilio recording: {@code RE} and 32 hexadecimal digits, compared as written.
 *
 * @param value the SID as Twilio writes it
 * @see <a href="https://www.twilio.com/docs/glossary/what-is-a-sid">Twilio: String Identifier (SID)</a>
 */
public record RecordingSid(@JsonValue String value) {
    private static final Pattern SYNTAX = Pattern.compile("RE[0-9a-fA-F]{32}");

    /** @throws IllegalArgumentException if the value is not such a SID */
    @JsonCreator
    public RecordingSid {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a recording SID (expected RE and 32 hexadecimal digits)");
        }
    }

    /** Whether {@link #RecordingSid} would accept the text. */
    public static boolean isValid(String text) {
        return SYNTAX.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
