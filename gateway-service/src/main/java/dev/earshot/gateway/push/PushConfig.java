package dev.earshot.gateway.push;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of event streams. */
@ConfigMapping(prefix = "earshot.push")
public interface PushConfig {
    /** How often a stream that is silent gets a comment: below the idle time-outs of common proxies (30 s and more). */
    @WithDefault("15s")
    Duration heartbeat();

    /** How many events wait for a slow reader of a whole tenant; with more it is told to list anew instead. */
    @WithDefault("1000")
    int maxPending();

    /** How many recordings one stream may name: so many fit into a request line of 8 KiB. */
    @WithDefault("200")
    int maxRecordings();

    /** How many streams one gateway holds; above it 503. About 30 KB each. */
    @WithDefault("10000")
    int maxStreams();

    /** How many recordings all streams together may watch; above it 503. About half a KB each. */
    @WithDefault("100000")
    int maxWatches();

    /** The shortest time between two requests to list anew: each makes every client of a whole tenant read. */
    @WithDefault("5s")
    Duration refreshEvery();

    /**
     * How soon a client is to connect again; each stream gets one to two times that, by chance, so that those of a gateway
     * that stops do not come all at once.
     */
    @WithDefault("2s")
    Duration retry();

    /** A reader that takes nothing for so long, while something waits for it, is cut off. */
    @WithDefault("30s")
    Duration stall();
}
