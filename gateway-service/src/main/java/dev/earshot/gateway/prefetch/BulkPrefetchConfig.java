package dev.earshot.gateway.prefetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much may be asked for at once. */
@ConfigMapping(prefix = "earshot.prefetch")
public interface BulkPrefetchConfig {
    /**
     * The most SIDs in one request. Ten thousand are 500 KB at most, and twenty statements one after the other; more would need
     * a larger {@code quarkus.http.limits.max-body-size}.
     */
    @WithDefault("10000")
    int maxSids();
}
