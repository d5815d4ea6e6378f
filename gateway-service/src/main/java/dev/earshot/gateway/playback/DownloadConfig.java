package dev.earshot.gateway.playback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/** How downloaded files are called. */
@ConfigMapping(prefix = "earshot.download")
public interface DownloadConfig {
    /**
     * The template of file names: startedAt, date, time, callSid, recordingSid, tenant and extension in braces. It sorts by
     * time by itself, and two recordings never have the same one.
     */
    @WithDefault("{startedAt}-{callSid}-{recordingSid}.{extension}")
    String fileName();

    /** The zone of the times in file names. */
    @WithDefault("UTC")
    ZoneId timeZone();
}
