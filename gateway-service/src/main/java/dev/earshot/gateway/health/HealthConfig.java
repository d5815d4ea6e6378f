package dev.earshot.gateway.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How shared dependencies are watched. */
@ConfigMapping(prefix = "earshot.health")
public interface HealthConfig {
    /** Between two looks that nobody asked for, so that metrics are true where nobody reads the health body. */
    @WithDefault("5s")
    Duration interval();
}
