package dev.earshot.gateway.webhook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A webhook's request as it came, unverified.
 *
 * @param url scheme, host and port as configured, then path and raw query as received
 * @param rawQuery the query as received, empty if there is none
 * @param json whether the body is JSON, which is signed by its hash
 * @param body the body as received
 * @param signature the header {@code X-Twilio-Signature}
 */
record SignedRequest(String url, String rawQuery, boolean json, String body, Optional<String> signature) {

    /** The form's fields by name, each name's values in the order sent; empty for JSON, which signs none. */
    SortedMap<String, List<String>> form() {
        return json ? new TreeMap<>() : decode(body);
    }

    /** The one value of a query parameter; empty if there is none. */
    Optional<String> query(String name) {
        return one(decode(rawQuery), name);
    }

    /** How often a query parameter stands there. */
    int queryCount(String name) {
        return decode(rawQuery).getOrDefault(name, List.of()).size();
    }

    /** The value, if there is exactly one: two are a doubt. */
    static Optional<String> one(SortedMap<String, List<String>> values, String name) {
        List<String> found = values.getOrDefault(name, List.of());
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** {@code application/x-www-form-urlencoded}; what cannot be decoded is kept as it is and fails the signature. */
    private static SortedMap<String, List<String>> decode(String encoded) {
        SortedMap<String, List<String>> values = new TreeMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(text(name), key -> new ArrayList<>()).add(text(value));
            }
        }
        return values;
    }

    private static String text(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }
}
