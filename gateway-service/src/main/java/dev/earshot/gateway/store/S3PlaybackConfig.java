package dev.earshot.gateway.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How playback reads from the store. Address, region and credentials are {@code quarkus.s3.*}. */
@ConfigMapping(prefix = "earshot.store.playback")
public interface S3PlaybackConfig {
    /** To be connected by. A store that is near answers in milliseconds. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** From the request to the head of the answer. */
    @WithDefault("5s")
    Duration firstByteTimeout();

    /** Between two looks at a key that is not there: the time an eventually consistent store may need. */
    @WithDefault("200ms")
    Duration lookAgain();

    /** How long an unused connection is kept; below the time after which stores close it. */
    @WithDefault("4s")
    Duration keepAlive();
}
