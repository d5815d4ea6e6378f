package dev.earshot.gateway.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the fetcher's outcomes are taken in. */
@ConfigMapping(prefix = "earshot.outcomes")
public interface OutcomesConfig {
    /**
     * How many outcomes are in hand at a time; of one recording always one. Enough that those which wait for an object to
     * become visible leave room for the others.
     */
    @WithDefault("64")
    int inHand();

    /** How often an outcome is tried that fails for a reason of our own before it goes to the dead letters. */
    @WithDefault("5")
    int tries();

    /** The first pause before another try, whether the database or we ourselves failed. */
    @WithDefault("250ms")
    Duration retryInitial();

    /** The longest pause. */
    @WithDefault("5s")
    Duration retryMax();

    /** How long those in hand may take to end at shutdown; what has not ended is read again by another replica. */
    @WithDefault("5s")
    Duration drain();
}
