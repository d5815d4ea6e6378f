package dev.earshot.gateway.tenant;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the Twilio accounts are described. */
@ConfigMapping(prefix = "earshot.accounts")
public interface AccountsConfig {
    /** The folder with one JSON file for each Twilio account; in Kubernetes a mounted secret. */
    Path directory();
}
