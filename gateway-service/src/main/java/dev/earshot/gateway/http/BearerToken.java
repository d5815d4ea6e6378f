package dev.earshot.gateway.http;

import org.jspecify.annotations.Nullable;

/** The look of a bearer token, before anybody reads it. */
final class BearerToken {
    private static final String SCHEME = "bearer ";
    /** Of a signed token's compact form (RFC 7515 section 3.1); an encrypted one has five, and may leave the second out. */
    private static final int PARTS = 3;

    private BearerToken() {}

    /** Whether it has the three parts of a signed token, and nothing in the first or the second. */
    static boolean isHollow(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String[] parts = authorization.substring(SCHEME.length()).strip().split("\\.", -1);
        return parts.length == PARTS && (parts[0].isBlank() || parts[1].isBlank());
    }
}
