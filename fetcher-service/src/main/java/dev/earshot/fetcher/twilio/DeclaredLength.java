package dev.earshot.fetcher.twilio;

import org.jspecify.annotations.Nullable;

/** The {@code Content-Length} header; RFC 9110, section 8.6. */
final class DeclaredLength {
    /** The answer does not say, or its body was decoded. */
    static final long NOT_DECLARED = -1;

    private DeclaredLength() {}

    static long of(@Nullable String header) {
        return header != null && header.strip().matches("\\d{1,18}") ? Long.parseLong(header.strip()) : NOT_DECLARED;
    }
}
