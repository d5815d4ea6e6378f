package dev.earshot.gateway.data;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Audio as JSON. */
@ConfigMapping(prefix = "earshot.data")
public interface DataConfig {
    /**
     * The largest recording that is given as JSON: two hours of mp3. The client holds all of it, and a third more, in
     * memory; 0 switches the route off.
     */
    @WithDefault("32M")
    MemorySize maxSize();
}
