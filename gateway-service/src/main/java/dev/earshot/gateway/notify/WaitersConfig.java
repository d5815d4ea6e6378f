package dev.earshot.gateway.notify;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How listeners are woken. */
@ConfigMapping(prefix = "earshot.notify")
public interface WaitersConfig {
    /** How many requests may wait in one replica; more are answered at once. About 1 KB each. */
    @WithDefault("20000")
    int maxWaiters();

    /** How often the connection is proved alive, and a broken one is tried again. */
    @WithDefault("1s")
    Duration heartbeat();

    /** A connection that brought no heart-beat for so long is dead. */
    @WithDefault("5s")
    Duration deadAfter();
}
