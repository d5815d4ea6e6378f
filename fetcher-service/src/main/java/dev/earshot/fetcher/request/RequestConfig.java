package dev.earshot.fetcher.request;

import dev.earshot.events.Lane;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** Which requests are taken, and how many. */
@ConfigMapping(prefix = "earshot.fetch")
public interface RequestConfig {
    /** The lanes that this fetcher serves. */
    @WithDefault("interactive,bulk")
    Set<Lane> lanes();

    /**
     * Most requests of one lane in hand: running, queued or being announced. Must hold every account's places and queue
     * together, or a hung account could fill it.
     */
    @WithDefault("1024")
    int requestsInHand();

    /** How long fetches in progress may go on at shutdown. */
    @WithDefault("60s")
    Duration drain();
}
