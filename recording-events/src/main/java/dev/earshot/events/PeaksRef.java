package dev.earshot.events;

/**
 * Where a generation's waveform peaks lie, in the bucket of its audio.
 *
 * @param key the exact key, below {@link RecordingKey#objectPrefix(int)}
 */
public record PeaksRef(String key) {
    /** @throws IllegalArgumentException if the key is empty */
    public PeaksRef {
        Checks.notBlank(key, "peaks.key");
    }
}
