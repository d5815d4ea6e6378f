package dev.earshot.gateway.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Fetch standard's CORS protocol, pure. Pages never get credentials sent along ({@code Allow-Credentials} is not
 * set): they send a bearer token by themselves, so any origin may be allowed without a risk to a session.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, section 3.3</a>
 */
final class Cors {
    /** What a page may read beside the safelisted ones. */
    static final String EXPOSED = "Accept-Ranges, Allow, Content-Disposition, Content-Length, Content-Location,"
            + " Content-Range, ETag, Last-Modified, Location, Preference-Applied, Repr-Digest, Retry-After,"
            + " WWW-Authenticate";
    /** What a page may send beside the safelisted ones. */
    static final String ACCEPTED = "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range,"
            + " If-Unmodified-Since, Last-Event-ID, Prefer, Range, traceparent, tracestate";

    private static final String ANY = "*";
    /** RFC 6454 section 6.2, as browsers write it: no path, no upper case. */
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

    private final Set<String> origins;
    private final Duration maxAge;

    private Cors(Set<String> origins, Duration maxAge) {
        this.origins = origins;
        this.maxAge = maxAge;
    }

    /** @throws IllegalStateException naming the key, if a value can never be an origin */
    static Cors of(CorsConfig config) {
        List<String> origins = config.origins().orElse(List.of());
        for (String origin : origins) {
            if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
                throw new IllegalStateException("earshot.cors.origins: " + origin
                        + " is no origin (expected scheme://host or scheme://host:port in lower case without a path,"
                        + " or *)");
            }
        }
        if (config.maxAge().isNegative()) {
            throw new IllegalStateException("earshot.cors.max-age must not be negative");
        }
        return new Cors(Set.copyOf(origins), config.maxAge());
    }

    /** Whether any page of another origin may call. */
    boolean isOn() {
        return !origins.isEmpty();
    }

    /** Whether answers differ by origin, which caches must know. */
    boolean varies() {
        return isOn() && !origins.contains(ANY);
    }

    /** The header fields that any answer to this origin carries. */
    Map<String, String> headers(Optional<String> origin) {
        Map<String, String> headers = new LinkedHashMap<>();
        allowed(origin).ifPresent(allowed -> {
            headers.put("Access-Control-Allow-Origin", allowed);
            headers.put("Access-Control-Expose-Headers", EXPOSED);
        });
        return headers;
    }

    /** What a preflight's answer carries beside them. @param methods of the route, as {@code Allow} lists them */
    Map<String, String> preflight(Optional<String> origin, String methods) {
        Map<String, String> headers = new LinkedHashMap<>();
        allowed(origin).ifPresent(allowed -> {
            headers.put("Access-Control-Allow-Methods", methods);
            headers.put("Access-Control-Allow-Headers", ACCEPTED);
            headers.put("Access-Control-Max-Age", Long.toString(maxAge.toSeconds()));
        });
        return headers;
    }

    private Optional<String> allowed(Optional<String> origin) {
        return origins.contains(ANY) ? origin.map(ignored -> ANY) : origin.filter(origins::contains);
    }
}
