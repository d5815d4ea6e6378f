package dev.earshot.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;

/** What every answer of the API tells a browser: to guess, frame, run, pass on and keep nothing. */
final class SecurityHeaders {
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY");

    private SecurityHeaders() {}

    /** Adds what is missing; somebody may have said something better of caching, of what its page may do, and of who may embed it. */
    static void complete(MultiMap headers) {
        ALWAYS.forEach(headers::set);
        if (!headers.contains("Cross-Origin-Resource-Policy")) {
            headers.set("Cross-Origin-Resource-Policy", "same-site");
        }
        if (!headers.contains("Content-Security-Policy")) {
            headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        }
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
