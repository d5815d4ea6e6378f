package dev.earshot.fetcher.twilio;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a recording's media is downloaded. */
@ConfigMapping(prefix = "earshot.fetch")
public interface MediaConfig {
    /** Longest wait for a TCP and TLS connection to Twilio. */
    @WithDefault("10s")
    Duration connectTimeout();

    /** Longest wait from the request to the answer's headers; Twilio may open an archive first. */
    @WithDefault("60s")
    Duration firstByteTimeout();

    /** Longest silence inside a body before the download is given up as upstream-timeout. */
    @WithDefault("30s")
    Duration idleTimeout();

    /** Largest audio that is accepted, after decoding: 2 GB are 35 hours of WAV in mono. */
    @WithDefault("2G")
    MemorySize maxSize();

    /**
     * Hosts that a redirect of Twilio's may lead to, beside the account's own base URL: {@code host},
     * {@code host:port} or {@code *.domain}. Twilio documents none, so none is allowed.
     */
    Optional<List<String>> redirectHosts();

    /** Most redirects followed for one download. */
    @WithDefault("5")
    int maxRedirects();

    /** Content types that are taken for audio; the magic bytes must agree. */
    @WithDefault("audio/mpeg,audio/mp3,audio/x-wav,audio/wav,audio/wave,audio/vnd.wave")
    List<String> contentTypes();
}
