package dev.earshot.fetcher.twilio;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What a base URL may look like. */
final class BaseUrls {
    private BaseUrls() {}

    /** What is wrong with it, if anything. */
    static Optional<String> problem(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.of("must be a URL");
        }
        if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
            return Optional.of("must begin with https:// (or http:// for a local Twilio)");
        }
        if (url.getHost() == null) {
            return Optional.of("must name a host");
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            return Optional.of("must have no user, query or fragment");
        }
        String path = url.getPath();
        return path.isEmpty() || path.equals("/") ? Optional.empty() : Optional.of("must have no path");
    }
}
