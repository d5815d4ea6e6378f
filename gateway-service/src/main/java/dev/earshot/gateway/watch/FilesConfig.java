package dev.earshot.gateway.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How files of accounts, tenants and keys are watched. */
@ConfigMapping(prefix = "earshot.files")
public interface FilesConfig {
    /**
     * How often files of accounts, tenants and keys are read again. They are small; events of a file system do not come from
     * every kind of mount.
     */
    @WithDefault("5s")
    Duration interval();
}
