package dev.earshot.fetcher.twilio;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bounds of a download, in the shape that it needs. */
record MediaRules(
        Duration firstByteTimeout,
        Duration idleTimeout,
        long capBytes,
        int maxRedirects,
        RedirectRules redirects,
        Set<String> contentTypes) {

    static MediaRules of(MediaConfig config) {
        return new MediaRules(
                config.firstByteTimeout(),
                config.idleTimeout(),
                config.maxSize().asLongValue(),
                config.maxRedirects(),
                new RedirectRules(config.redirectHosts().orElse(List.of())),
                config.contentTypes().stream().map(MediaRules::bare).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the header names an allowed type; parameters and case do not matter (RFC 9110, section 8.3.1). */
    boolean allows(@Nullable String contentType) {
        return contentType != null && contentTypes.contains(bare(contentType));
    }

    private static String bare(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
