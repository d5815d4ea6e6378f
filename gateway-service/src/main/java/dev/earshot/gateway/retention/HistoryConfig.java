package dev.earshot.gateway.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What became of each recording, as administrators look at it. */
@ConfigMapping(prefix = "earshot.history")
public interface HistoryConfig {
    /** How long each change of a recording's state is remembered; some 200 bytes each, three or four for each recording that is played. */
    @WithDefault("7d")
    Duration keep();
}
