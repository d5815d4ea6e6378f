package dev.earshot.fetcher.twilio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Which Twilio. */
@ConfigMapping(prefix = "earshot.twilio")
public interface TwilioConfig {
    /** Base URL of Twilio's API for every account whose file names no {@code baseUrl} of its own. */
    @WithDefault("https://api.twilio.com")
    URI baseUrl();

    /**
     * Longest that one metadata call may take, connecting and reading each: it is asked while a media answer waits to
     * be explained, so it must be short.
     */
    @WithDefault("10s")
    java.time.Duration metadataTimeout();

    /** Most metadata calls at the same time, for each of them holds a connection of the SDK's pool. */
    @WithDefault("16")
    int metadataInFlight();
}
