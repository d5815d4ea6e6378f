package dev.earshot.gateway.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a token is read; issuer and keys are {@code quarkus.oidc.*}. */
@ConfigMapping(prefix = "earshot.auth")
public interface AuthConfig {
    /** The claim that names the tenant, a plain string. */
    @WithDefault("tenant")
    String tenantClaim();
}
