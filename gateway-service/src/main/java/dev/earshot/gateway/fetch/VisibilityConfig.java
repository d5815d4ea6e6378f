package dev.earshot.gateway.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long an announced object may take to be seen. */
@ConfigMapping(prefix = "earshot.store")
public interface VisibilityConfig {
    /** How long the gateway looks for what the fetcher announced before it raises store-mismatch. */
    @WithDefault("5s")
    Duration visibilityWait();
}
