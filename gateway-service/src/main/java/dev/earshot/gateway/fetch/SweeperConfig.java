package dev.earshot.gateway.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The one timer. */
@ConfigMapping(prefix = "earshot.sweeper")
public interface SweeperConfig {
    /** How often each replica looks for due rows. */
    @WithDefault("1s")
    Duration interval();

    /** How many rows of each kind it leases at a time. */
    @WithDefault("100")
    int batchSize();
}
