package dev.earshot.gateway.console;

import dev.earshot.gateway.http.PublicUrlConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;

/** Where browsers find the gateway, as they write it themselves. */
@Singleton
class PublicOrigin {
    private final String origin;
    private final boolean https;

    PublicOrigin(PublicUrlConfig config) {
        this.origin = of(config.value());
        this.https = "https".equals(config.value().getScheme());
    }

    /** RFC 6454 section 6.2: lower case, and no port where it is the scheme's own. */
    static String of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int usual = "https".equals(scheme) ? 443 : 80;
        String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port;
    }

    /** Scheme, host and port. */
    String value() {
        return origin;
    }

    /** What a browser puts into {@code Host} when it means this origin. */
    String authority() {
        return origin.substring(origin.indexOf("://") + 3);
    }

    boolean isHttps() {
        return https;
    }

    /** The absolute URL of a path here. */
    String url(String path) {
        return origin + path;
    }
}
