package dev.earshot.gateway.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which web pages of other origins may call the API. */
@ConfigMapping(prefix = "earshot.cors")
public interface CorsConfig {
    /** {@code https://app.example} each, or {@code *} for any; without it a browser lets no other origin's page in. */
    Optional<List<String>> origins();

    /** How long a browser may remember what a preflight told it; most cap it at two hours. */
    @WithDefault("2h")
    Duration maxAge();
}
