package dev.earshot.gateway.console;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the page may do, as a Content-Security-Policy: run its own scripts, call its own origin, and nothing else. No part of it is
 * {@code unsafe-}: style elements that its components make are named by their hashes.
 */
final class PagePolicy {
    private PagePolicy() {}

    /**
     * @param styleHashes of style elements, such as {@code sha256-…}
     * @param simulator the origin of the local stack's simulator
     * @param store the origin where audio comes from in redirect delivery
     */
    static String of(List<String> styleHashes, Optional<String> simulator, Optional<String> store) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                sources("style-src 'self'", styleHashes.stream().map(hash -> "'" + hash + "'")),
                "img-src 'self' data:",
                sources("connect-src 'self'", Stream.concat(simulator.stream(), store.stream())),
                sources("media-src 'self' blob:", store.stream()),
                "font-src 'none'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "object-src 'none'");
    }

    private static String sources(String directive, Stream<String> more) {
        return Stream.concat(Stream.of(directive), more).collect(Collectors.joining(" "));
    }
}
