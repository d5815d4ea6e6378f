package dev.earshot.gateway.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where the audio lies. */
@ConfigMapping(prefix = "earshot.store")
public interface S3ControlConfig {
    /** The bucket that both services use. */
    String bucket();

    /** How long one look, listing or deletion may take. */
    @WithDefault("5s")
    Duration controlTimeout();
}
