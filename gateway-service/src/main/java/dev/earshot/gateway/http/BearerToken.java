package dev.earshot.gateway.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The look of a bearer token, before anybody reads it. */
final class BearerToken {
    private static final String SCHEME = "bearer ";
    /** Of a signed token's compact form (RFC 7515 section 3.1); an encrypted one has five, and may leave the second out. */
    private static final int PARTS = 3;

    private BearerToken() {}

    /** Whether it has parts and nothing in them: but for one at most, or in a signed token's head or content. */
    static boolean isHollow(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String[] parts = authorization.substring(SCHEME.length()).strip().split("\\.", -1);
        long filled = Arrays.stream(parts).filter(part -> !part.isBlank()).count();
        boolean hollowSigned = parts.length == PARTS && (parts[0].isBlank() || parts[1].isBlank());
        return parts.length > 1 && (filled < 2 || hollowSigned);
    }
}
