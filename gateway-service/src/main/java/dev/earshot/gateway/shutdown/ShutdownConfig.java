package dev.earshot.gateway.shutdown;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the service stops. Kubernetes' grace period must be longer. */
@ConfigMapping(prefix = "earshot.shutdown")
public interface ShutdownConfig {
    /** How long running streams may go on after SIGTERM. */
    @WithDefault("60s")
    Duration drain();
}
