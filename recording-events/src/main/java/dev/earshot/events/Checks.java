package dev.earshot.events;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the records' constructors demand. JSON may leave a field out, so null reaches them whatever the types say. */
final class Checks {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Checks() {}

    static void present(@Nullable Object value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    static void notBlank(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing or empty");
        }
    }

    static void positive(long value, String field) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " must be more than 0, is " + value);
        }
    }

    static void notNegative(long value, String field) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must not be negative, is " + value);
        }
    }

    static void channels(int value) {
        if (value != 1 && value != 2) {
            throw new IllegalArgumentException("channels must be 1 or 2, is " + value);
        }
    }

    static void uuid(@Nullable String value, String field) {
        if (value == null || !UUID.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must be a UUID");
        }
    }

    /** A key that differs from the one both sides derive would write or delete somebody else's object. */
    static void derivedKey(String key, Tenant tenant, RecordingSid recordingSid, int generation) {
        String expected = new RecordingKey(tenant, recordingSid).objectKey(generation);
        if (!key.equals(expected)) {
            throw new IllegalArgumentException("object.key is not " + expected);
        }
    }
}
