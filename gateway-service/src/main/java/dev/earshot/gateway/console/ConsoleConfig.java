package dev.earshot.gateway.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The console at {@code /console/}; its OpenID provider is the API's, {@code quarkus.oidc.*}. */
@ConfigMapping(prefix = "earshot.console")
public interface ConsoleConfig {
    /** As what the gateway is known to the provider. Without it there is no console. */
    Optional<String> clientId();

    /** The client's secret; without it the provider must know it as a public client. PKCE is used either way. */
    Optional<String> clientSecret();

    /** What session cookies are encrypted with, 32 characters or more and the same for every replica. */
    Optional<String> cookieSecret();

    /** What is asked of the provider beside {@code openid}; {@code offline_access} where it gives refresh tokens for that only. */
    @WithDefault("profile")
    List<String> scopes();

    /** For how long after its token's expiry a session may rest, and still be renewed where the provider gave a refresh token. */
    @WithDefault("8h")
    Duration sessionIdle();

    /** The local stack's Twilio simulator, which the page offers to place a call at. Nowhere else is there one. */
    Optional<URI> simulatorUrl();
}
