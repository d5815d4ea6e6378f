package dev.earshot.gateway.playback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** Bounds of listening. */
@ConfigMapping(prefix = "earshot.playback")
public interface PlaybackConfig {
    /** Streams that one gateway sends at once; above it 503. Each costs a store connection and at most 200 KiB. */
    @WithDefault("512")
    int maxStreams();

    /** A listener that takes nothing for so long is cut off; its player resumes by Range. Longer than most pauses. */
    @WithDefault("10m")
    Duration writeStall();

    /** The store may stay silent so long in the middle of an object, while the listener takes bytes. */
    @WithDefault("30s")
    Duration readStall();

    /**
     * Parts that one answer has at most (multipart/byteranges), after ranges that overlap or touch were joined; if more
     * are asked the whole recording is sent. Each costs a request to the store; players need one, download managers few.
     */
    @WithDefault("16")
    int maxRanges();

    /** The longest {@code Prefer: wait}; below the 30 s at which common proxies give up. */
    @WithDefault("25s")
    Duration maxWait();

    /** {@code Retry-After} of a 202 when nothing better is known. */
    @WithDefault("2s")
    Duration retryAfter();

    /** Media types that are sent; nothing else ever is, whatever lies in the store. */
    @WithDefault("audio/mpeg,audio/x-wav,audio/wav,audio/vnd.wave")
    Set<String> contentTypes();
}
