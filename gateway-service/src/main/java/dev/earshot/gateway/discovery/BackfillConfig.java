package dev.earshot.gateway.discovery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How backfills are kept going. */
@ConfigMapping(prefix = "earshot.backfill")
public interface BackfillConfig {
    /** How often each replica looks for backfills whose list is to be asked for. */
    @WithDefault("1s")
    Duration interval();

    /** How soon a request is published again that the broker did not take. */
    @WithDefault("10s")
    Duration publishRetry();

    /**
     * After so long without a word the list is asked for again. Longer than the fetcher's pauses for an account that
     * refuses: a fetcher that dies needs none of this, as its request was not committed.
     */
    @WithDefault("2h")
    Duration silence();

    /** The longest span of time that one backfill may ask for. */
    @WithDefault("400d")
    Duration longestSpan();
}
