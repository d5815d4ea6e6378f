package dev.earshot.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often one tenant may ask. */
@ConfigMapping(prefix = "earshot.rate-limit")
public interface RateLimitConfig {
    /**
     * Requests that one gateway takes from one tenant in a minute, in the long run; 0 is no limit. Each replica counts by
     * itself, so a tenant may get as many times more as there are replicas.
     */
    @WithDefault("0")
    int perMinute();

    /** Requests that a tenant may make at once after a pause: a page full of players asks for many heads. */
    @WithDefault("100")
    int burst();

    /** Tenants that are counted at a time; those that asked least recently are forgotten, and begin anew. */
    @WithDefault("10000")
    int maxTenants();
}
