package dev.earshot.gateway.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Fetching before anybody asks. */
@ConfigMapping(prefix = "earshot.prefetch")
public interface PrefetchConfig {
    /** How many bulk fetches run at a time, over all replicas; 0 stops them. */
    @WithDefault("20")
    int inFlight();
}
