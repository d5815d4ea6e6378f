package dev.earshot.gateway.tenant;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the tenants are described. */
@ConfigMapping(prefix = "earshot.tenants")
public interface TenantsConfig {
    /** The folder with one JSON file for each tenant that wants something else than the defaults. */
    Optional<Path> directory();
}
