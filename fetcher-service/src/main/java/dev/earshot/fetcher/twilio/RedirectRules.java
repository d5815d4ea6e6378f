package dev.earshot.fetcher.twilio;

import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect may lead. Twilio documents none; a customer's own bucket, or an attacker behind one, must not make us
 * read inside our own network.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.4">RFC 9110, section 15.4 (redirection)</a>
 */
final class RedirectRules {
    private final List<String> allowedHosts;

    /** @param allowedHosts host names; {@code *.example.com} allows any name below, {@code host:port} that port alone */
    RedirectRules(List<String> allowedHosts) {
        this.allowedHosts = allowedHosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /**
     * The next URL.
     *
     * @throws TroubleException {@link Trouble.RedirectRefused}
     */
    URI follow(URI baseUrl, URI from, @Nullable String location) {
        URI to = parse(from, location);
        String host = to.getHost();
        if (host == null || to.getUserInfo() != null) {
            throw refused("a redirect to no usable host");
        }
        boolean plainAllowed = "http".equals(baseUrl.getScheme());
        if (!"https".equals(to.getScheme()) && !("http".equals(to.getScheme()) && plainAllowed)) {
            throw refused("a redirect that leaves https");
        }
        boolean home = sameOrigin(baseUrl, to);
        if (!home && allowedHosts.stream().noneMatch(allowed -> matches(allowed, to))) {
            throw refused("a redirect to a host that is not in earshot.fetch.redirect-hosts: " + safe(host));
        }
        return to;
    }

    private static URI parse(URI from, @Nullable String location) {
        if (location == null || location.isBlank()) {
            throw refused("a redirect without a location");
        }
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw refused("a redirect to something that is no URL");
        }
    }

    /** Twilio itself, for example another path of the same API. */
    private static boolean sameOrigin(URI a, URI b) {
        return a.getHost().equalsIgnoreCase(b.getHost())
                && port(a) == port(b)
                && a.getScheme().equals(b.getScheme());
    }

    private static boolean matches(String allowed, URI to) {
        String host = to.getHost().toLowerCase(Locale.ROOT);
        int colon = allowed.lastIndexOf(':');
        boolean namesPort = colon > 0 && !allowed.endsWith("]");
        if (namesPort && !allowed.substring(colon + 1).equals(Integer.toString(port(to)))) {
            return false;
        }
        String name = namesPort ? allowed.substring(0, colon) : allowed;
        return name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }

    /** The host was written by whoever redirects us; it goes into an event and a log. */
    private static String safe(String host) {
        String clean = host.replaceAll("[^A-Za-z0-9.:\\[\\]-]", "?");
        return clean.substring(0, Math.min(clean.length(), 100));
    }

    private static TroubleException refused(String detail) {
        return new TroubleException(new Trouble.RedirectRefused(detail));
    }
}
