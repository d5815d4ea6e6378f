package dev.earshot.gateway.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Telling who listened to what. */
@ConfigMapping(prefix = "earshot.access-audit")
public interface AccessAuditConfig {
    /** Whether an event is written for each playback; without it no producer is opened. */
    @WithDefault("false")
    boolean enabled();

    /** Events that may wait for the broker, some 700 bytes each; what comes when they do is dropped, and counted. */
    @WithDefault("10000")
    int buffer();
}
