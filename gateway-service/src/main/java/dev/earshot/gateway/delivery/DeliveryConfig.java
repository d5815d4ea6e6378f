package dev.earshot.gateway.delivery;

import dev.earshot.gateway.tenant.DeliveryMode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How audio reaches listeners. */
@ConfigMapping(prefix = "earshot.delivery")
public interface DeliveryConfig {
    /** For every tenant whose file names no {@code delivery} of its own. */
    @WithDefault("proxy")
    DeliveryMode mode();

    /**
     * How long a URL works beyond the recording's own length: a player that seeks uses the first one again, to the
     * end. Enough for somebody to press play.
     */
    @WithDefault("5m")
    Duration lifetime();

    /** No URL works longer than this, however long the recording; S3 allows seven days. */
    @WithDefault("4h")
    Duration longestLifetime();

    /**
     * Scheme, host and port of the store as listeners reach it, if that is not how the gateway does. It is what gets
     * signed, so the store must see it in {@code Host}.
     */
    Optional<URI> storeUrl();

    /** What stands before the store. */
    Cdn cdn();

    /** A CDN that fetches from the store by its own means. */
    interface Cdn {
        /** Where it serves the bucket; the object's key follows. With it redirects lead here, and not to the store. */
        Optional<URI> baseUrl();

        /** The secret that it checks URLs with, 32 characters or more. */
        Optional<String> signingKey();

        /** How it is made to forget. */
        Purge purge();
    }

    /** The call that makes the CDN forget; may name {path}, {url} and {prefix}. */
    interface Purge {
        /** What to call. With {path} or {url} each generation is a call of its own, otherwise there is one. */
        Optional<String> url();

        /** How. */
        @WithDefault("POST")
        String method();

        /** With this JSON body, if any. */
        Optional<String> body();

        /** The value of the Authorization header. */
        Optional<String> authorization();

        /** How long a call may take. */
        @WithDefault("5s")
        Duration timeout();
    }
}
