package dev.earshot.fetcher.spool;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where downloads rest until they are stored. */
@ConfigMapping(prefix = "earshot.spool")
public interface SpoolConfig {
    /** Folder for downloads in progress, this process's own: emptied at start. */
    @WithDefault("spool")
    Path directory();

    /**
     * Most bytes that all downloads together may hold on disk; beyond it a fetch ends as store-unavailable. At least
     * {@code earshot.fetch.max-size}.
     */
    @WithDefault("20G")
    MemorySize budget();
}
