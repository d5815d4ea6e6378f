package dev.earshot.gateway.console;

import dev.earshot.gateway.http.PublicUrlConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a console that cannot work, by key, before anybody signs in. */
@Startup
@Singleton
class ConsoleChecks {
    private static final String PREFIX = "earshot.console.";
    /** What the cookie's cipher (A256GCM) can use; less in text than that can be tried out. */
    private static final int SHORTEST_SECRET = 32;

    private final List<String> problems = new ArrayList<>();

    @Inject
    ConsoleChecks(
            ConsoleConfig config,
            PublicUrlConfig publicUrl,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> provider) {
        if (config.clientId().isPresent()) {
            on(config, publicUrl.value(), provider);
        } else {
            off(config);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The configuration cannot work: " + String.join("; ", problems));
        }
    }

    private void on(ConsoleConfig config, URI publicUrl, Optional<String> provider) {
        require(!config.clientId().orElse("").isBlank(), PREFIX + "client-id must not be blank");
        int length = config.cookieSecret().map(String::length).orElse(0);
        require(
                length >= SHORTEST_SECRET,
                PREFIX + "cookie-secret must have at least " + SHORTEST_SECRET
                        + " characters, the same on each replica");
        require(config.sessionIdle().toSeconds() > 0, PREFIX + "session-idle must be at least one second");
        require(provider.isPresent(), "quarkus.oidc.auth-server-url must be set, or nobody can sign in to the console");
        require(
                isAddress(publicUrl)
                        && (publicUrl.getRawPath() == null
                                || publicUrl.getRawPath().matches("/?")),
                "earshot.public-url must be http:// or https:// with a host and without a path, or the provider cannot"
                        + " send anybody back to the console");
        config.simulatorUrl()
                .ifPresent(url -> require(
                        isAddress(url) && url.getRawQuery() == null && url.getRawFragment() == null,
                        PREFIX + "simulator-url must be http:// or https:// with a host"));
    }

    private void off(ConsoleConfig config) {
        String without = " has no effect without earshot.console.client-id";
        require(config.clientSecret().isEmpty(), PREFIX + "client-secret" + without);
        require(config.cookieSecret().isEmpty(), PREFIX + "cookie-secret" + without);
        require(config.simulatorUrl().isEmpty(), PREFIX + "simulator-url" + without);
    }

    private static boolean isAddress(URI url) {
        return ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null;
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
