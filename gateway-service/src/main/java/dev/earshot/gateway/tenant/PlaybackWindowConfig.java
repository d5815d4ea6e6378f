package dev.earshot.gateway.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;

/** What a tenant gets that says nothing about it. */
@ConfigMapping(prefix = "earshot.playback.window")
public interface PlaybackWindowConfig {
    /** How old a recording may be when its first fetch is claimed; a tenant's own {@code playbackWindow} wins. */
    @WithDefault("7d")
    @WithParentName
    Duration value();
}
