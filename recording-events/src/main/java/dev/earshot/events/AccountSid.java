package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The SID of one Twilio account or sub-account: {@code AC} and 32 hexadecimal digits, compared as written.
 *
 * @param value the SID as Twilio writes it
 * @see <a href="https://www.twilio.com/docs/glossary/what-is-a-sid">Twilio: String Identifier (SID)</a>
 */
public record AccountSid(@JsonValue String value) {
    private static final Pattern SYNTAX = Pattern.compile("AC[0-9a-fA-F]{32}");

    /** @throws IllegalArgumentException if the value is not such a SID */
    @JsonCreator
    public AccountSid {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a account SID (expected AC and 32 hexadecimal digits)");
        }
    }

    /** Whether {@link #AccountSid} would accept the text. */
    public static boolean isValid(String text) {
        return SYNTAX.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
