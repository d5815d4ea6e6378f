package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The SID of one Twilio call, always the parent leg; a call may have several recordings: {@code CA} and 32 hexadecimal digits, compared as written.
 *
 * @param value the SID as Twilio writes it
 * @see <a href="https://www.twilio.com/docs/glossary/what-is-a-sid">Twilio: String Identifier (SID)</a>
 */
public record CallSid(@JsonValue String value) {
    private static final Pattern SYNTAX = Pattern.compile("CA[0-9a-fA-F]{32}");

    /** @throws IllegalArgumentException if the value is not such a SID */
    @JsonCreator
    public CallSid {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a call SID (expected CA and 32 hexadecimal digits)");
        }
    }

    /** Whether {@link #CallSid} would accept the text. */
    public static boolean isValid(String text) {
        return SYNTAX.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
