package dev.earshot.gateway.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which methods each path has; whoever adds a resource adds its line here, and a test compares the table with the
 * annotations.
 */
public final class AllowedMethods {
    private static final Map<Pattern, String> BY_PATH = new LinkedHashMap<>();

    static {
        BY_PATH.put(Pattern.compile("/api/recordings"), "GET, HEAD, OPTIONS");
        BY_PATH.put(Pattern.compile("/api/recordings/events"), "GET, HEAD, OPTIONS");
        BY_PATH.put(Pattern.compile("/api/prefetch"), "OPTIONS, POST");
        BY_PATH.put(Pattern.compile("/api/recordings/[^/]+/(?:stream|download|data|peaks)"), "GET, HEAD, OPTIONS");
        BY_PATH.put(Pattern.compile("/api/recordings/[^/]+/(?:playback-ticket|prefetch)"), "OPTIONS, POST");
        BY_PATH.put(Pattern.compile("/api/recordings/[^/]+"), "DELETE, GET, HEAD, OPTIONS, PUT");
        BY_PATH.put(Pattern.compile("/api/admin/backfills"), "OPTIONS, POST");
        BY_PATH.put(Pattern.compile("/api/admin/backfills/[^/]+"), "GET, HEAD, OPTIONS");
        BY_PATH.put(Pattern.compile("/api/admin/reconcile"), "OPTIONS, POST");
        BY_PATH.put(Pattern.compile("/api/admin/(?:failures|storage|dead-letters)"), "GET, HEAD, OPTIONS");
        BY_PATH.put(Pattern.compile("/api/admin/recordings/[^/]+"), "GET, HEAD, OPTIONS");
        BY_PATH.put(Pattern.compile("/api/admin/(?:redrive|prefetch|purge|dead-letters/replay)"), "OPTIONS, POST");
        BY_PATH.put(Pattern.compile("/webhooks/twilio/recording-status"), "OPTIONS, POST");
    }

    private AllowedMethods() {}

    /** Whether a path is one of the API's own. */
    public static boolean isOurs(String path) {
        return !of(path).isEmpty();
    }

    static Set<Pattern> paths() {
        return BY_PATH.keySet();
    }

    /** The value of {@code Allow}; an empty one is valid and allows nothing (RFC 9110 section 10.2.1). */
    public static String of(String path) {
        return BY_PATH.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
