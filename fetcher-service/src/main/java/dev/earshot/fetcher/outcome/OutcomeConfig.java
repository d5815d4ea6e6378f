package dev.earshot.fetcher.outcome;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a broker that is away is waited for. */
@ConfigMapping(prefix = "earshot.announce")
public interface OutcomeConfig {
    /** Wait before an announcement is tried again; each further wait is twice as long. */
    @WithDefault("200ms")
    Duration retryInitial();

    /** Longest such wait. There is no last try: the request stays uncommitted until its outcome is kept. */
    @WithDefault("5s")
    Duration retryMax();
}
