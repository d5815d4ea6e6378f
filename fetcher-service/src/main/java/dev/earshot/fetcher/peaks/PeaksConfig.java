package dev.earshot.fetcher.peaks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** Whether, how and how patiently waveform peaks are computed. */
@ConfigMapping(prefix = "earshot.peaks")
public interface PeaksConfig {
    /** Whether peaks are computed at all. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Longest wait for the peaks of prefetched audio after it is confirmed, before ready is announced without them. A
     * listener's recording is announced at once.
     */
    @WithDefault("1s")
    @WithName("wait")
    Duration patience();

    /** The program that decodes MP3: a path, or a name to look for in PATH. Without it only WAV has a waveform. */
    @WithDefault("ffmpeg")
    String ffmpeg();

    /** Longest time for decoding one recording; then it has no waveform. */
    @WithDefault("10m")
    Duration timeout();

    /** Recordings that are decoded at the same time; each takes a processor. */
    @WithDefault("1")
    int concurrency();

    /** Most recordings that wait to be decoded; each keeps its spool file. A listener's displace prefetched ones. */
    @WithDefault("32")
    int queue();
}
