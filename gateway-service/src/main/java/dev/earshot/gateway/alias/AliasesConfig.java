package dev.earshot.gateway.alias;

import dev.earshot.gateway.http.AudioRoute;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** Paths of other APIs. */
@ConfigMapping(prefix = "earshot.aliases")
public interface AliasesConfig {
    /** Each under a name of its own, which means nothing. */
    @WithParentName
    Map<String, Alias> byName();

    /** One of them. */
    interface Alias {
        /** Where clients ask, with {sid}, {callSid} or {recordingSid} for one whole segment. */
        String path();

        /** What they get: stream, download or data. */
        AudioRoute route();

        /** What they are told while the audio is being fetched: 202, or 404 for clients that repeat nothing else. */
        @WithDefault("202")
        int notReadyStatus();
    }
}
