package dev.earshot.gateway.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How retention goes about its work. */
@ConfigMapping(prefix = "earshot.retention")
public interface RetentionRoundsConfig {
    /** How often each replica looks for what is kept no longer. Days are what it counts. */
    @WithDefault("10m")
    Duration interval();

    /** How many recordings one transaction evicts or deletes; their rows are locked for so long. */
    @WithDefault("100")
    int batchSize();

    /**
     * While more announcements and purges than this are pending, over all replicas, nothing further is evicted or deleted: the
     * sweeper looks for retries among them.
     */
    @WithDefault("1000")
    int maxPending();
}
