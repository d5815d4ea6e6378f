package dev.earshot.gateway.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How store and rows are compared. */
@ConfigMapping(prefix = "earshot.reconcile")
public interface ReconcileConfig {
    /**
     * No object that is younger is deleted, whatever its row says: somebody may be about to tell of it. Longer than a fetch may
     * take, and clocks may differ.
     */
    @WithDefault("1h")
    Duration safetyAge();

    /**
     * How many objects that no row knows one run deletes. More of them look like a database that is not the store's, and
     * what Twilio has forgotten could never be fetched again.
     */
    @WithDefault("20")
    int maxUnknown();

    /** How many objects, and how many rows, are read at a time; a store lists 1000 at most. */
    @WithDefault("1000")
    int pageSize();

    /** How many suspicions are looked at, and mended, at a time. */
    @WithDefault("8")
    int checksAtOnce();
}
