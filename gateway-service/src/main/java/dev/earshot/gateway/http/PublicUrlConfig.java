package dev.earshot.gateway.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;

/** Where the world reaches the gateway. */
@ConfigMapping(prefix = "earshot.public-url")
public interface PublicUrlConfig {
    /**
     * Scheme, host and port as Twilio calls them and as the URL of a ticket names them. Twilio's signature covers this
     * URL, and forwarded headers can be forged, so it is configured.
     */
    @WithParentName
    URI value();
}
