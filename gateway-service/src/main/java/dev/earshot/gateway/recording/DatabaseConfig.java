package dev.earshot.gateway.recording;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the database is used. */
@ConfigMapping(prefix = "earshot.database")
public interface DatabaseConfig {
    /** How long one statement or transaction may take, waiting for a connection included; then the answer is 503. */
    @WithDefault("3s")
    Duration timeout();

    /**
     * A connection of the pool that has brought no answer for so long is dead, and so is a transaction that the server hears
     * nothing of. Longer than any statement may take, and by more than a second than {@code
     * quarkus.datasource.reactive.idle-timeout}.
     */
    @WithDefault("10s")
    Duration deadAfter();
}
