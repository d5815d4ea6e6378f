package dev.earshot.gateway.played;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How exactly it is known when a recording was last played. */
@ConfigMapping(prefix = "earshot.last-played")
public interface LastPlayedConfig {
    /** How often a replica writes what it noted, in one statement; for so long retention may not know of a click. */
    @WithDefault("2s")
    Duration interval();

    /** At most once in so long a recording is written: days are what retention counts. */
    @WithDefault("1h")
    Duration atMostEvery();

    /** How many recordings one statement writes; beyond that the next follows at once. */
    @WithDefault("500")
    int batchSize();

    /** How many recordings a replica keeps in mind; beyond that a note is dropped. About 300 bytes each. */
    @WithDefault("20000")
    int maxNoted();
}
