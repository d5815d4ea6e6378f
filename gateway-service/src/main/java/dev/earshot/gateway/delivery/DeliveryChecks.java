package dev.earshot.gateway.delivery;

import dev.earshot.gateway.recording.FetchConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Refuses a delivery that cannot work, by key, before a listener is sent anywhere. */
@Startup
@Singleton
class DeliveryChecks {
    private static final Logger LOG = Logger.getLogger(DeliveryChecks.class);
    private static final String PREFIX = "earshot.delivery.";
    /** Signature Version 4's own limit for URLs. */
    private static final Duration LONGEST = Duration.ofDays(7);
    /** 256 bits are what HMAC-SHA256 can use; less in text than that can be tried out. */
    private static final int SHORTEST_KEY = 32;
    /** RFC 9110 section 5.6.2, token. */
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final List<String> problems = new ArrayList<>();

    @Inject
    DeliveryChecks(DeliveryConfig config, FetchConfig fetch) {
        lifetimes(config);
        config.storeUrl().ifPresent(url -> {
            address("store-url", url);
            require(
                    url.getRawPath() == null || url.getRawPath().isEmpty(),
                    "store-url must have no path: the object's path follows");
        });
        cdn(config.cdn());
        purge(config.cdn(), fetch.publishCheck());
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The configuration cannot work: " + String.join("; ", problems));
        }
        if (config.cdn().baseUrl().isPresent() && config.cdn().purge().url().isEmpty()) {
            LOG.warn("earshot.delivery.cdn.purge.url is not set: the CDN is not told what was deleted");
        }
    }

    private void lifetimes(DeliveryConfig config) {
        require(config.lifetime().toSeconds() > 0, "lifetime must be at least one second");
        require(
                config.lifetime().compareTo(config.longestLifetime()) <= 0,
                "lifetime must not be more than earshot.delivery.longest-lifetime");
        require(
                config.longestLifetime().compareTo(LONGEST) <= 0,
                "longest-lifetime must not be more than the 7 days that S3 signs for");
    }

    private void cdn(DeliveryConfig.Cdn cdn) {
        cdn.baseUrl().ifPresent(url -> {
            address("cdn.base-url", url);
            require(cdn.signingKey().isPresent(), "cdn.signing-key must be set, or anybody could listen");
        });
        cdn.signingKey().ifPresent(key -> {
            require(cdn.baseUrl().isPresent(), "cdn.signing-key has no effect without earshot.delivery.cdn.base-url");
            require(key.length() >= SHORTEST_KEY, "cdn.signing-key must have at least " + SHORTEST_KEY + " characters");
        });
    }

    private void purge(DeliveryConfig.Cdn cdn, Duration lease) {
        DeliveryConfig.Purge purge = cdn.purge();
        purge.url().ifPresent(url -> {
            require(cdn.baseUrl().isPresent(), "cdn.purge.url has no effect without earshot.delivery.cdn.base-url");
            require(url.startsWith("{url}") || isAddress(withoutPlaceholders(url)), "cdn.purge.url must be a URL");
        });
        require(purge.url().isPresent() || purge.body().isEmpty(), "cdn.purge.body has no effect without its url");
        require(
                purge.url().isPresent() || purge.authorization().isEmpty(),
                "cdn.purge.authorization has no effect without its url");
        template("cdn.purge.url", purge.url());
        template("cdn.purge.body", purge.body());
        require(METHOD.matcher(purge.method()).matches(), "cdn.purge.method must be a method of HTTP");
        require(purge.timeout().toMillis() > 0, "cdn.purge.timeout must be more than 0");
        require(
                purge.timeout().compareTo(lease) < 0,
                "cdn.purge.timeout must be shorter than earshot.fetch.publish-check, or a purge is leased again while it runs");
    }

    private void template(String key, Optional<String> template) {
        try {
            template.ifPresent(PurgeCall::check);
        } catch (IllegalArgumentException e) {
            problems.add(PREFIX + key + " " + e.getMessage());
        }
    }

    private void address(String key, URI url) {
        require(
                isAddress(url.toString())
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null
                        && url.getRawUserInfo() == null,
                key + " must be http:// or https:// with a host, and without query, fragment or user");
    }

    private static boolean isAddress(String text) {
        try {
            URI url = URI.create(text);
            return ("https".equals(url.getScheme()) || "http".equals(url.getScheme())) && url.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPlaceholders(String template) {
        return template.replaceAll("\\{[a-z]+}", "x");
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(PREFIX + problem);
        }
    }
}
