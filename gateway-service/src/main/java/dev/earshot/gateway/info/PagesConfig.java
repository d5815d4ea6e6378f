package dev.earshot.gateway.info;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How large a page is. */
@ConfigMapping(prefix = "earshot.pages")
public interface PagesConfig {
    /** Recordings on a page whose request names no limit. */
    @WithDefault("50")
    int defaultLimit();

    /** The largest limit that may be asked for; about 1 KB each in the answer. */
    @WithDefault("200")
    int maxLimit();
}
