package dev.earshot.fetcher.store;

import dev.earshot.events.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What we write beside an object ({@code x-amz-meta-…}), so that whoever finds it later can announce it without a
 * download. It proves nothing: only the bytes do.
 */
record ObjectMetadata(Sha256 sha256, long durationMillis, int channels, Instant fetchedAt) {
    private static final String SHA256 = "sha256";
    private static final String DURATION = "duration-millis";
    private static final String CHANNELS = "channels";
    private static final String FETCHED_AT = "fetched-at";

    static ObjectMetadata of(AudioToStore audio) {
        return new ObjectMetadata(audio.sha256(), audio.durationMillis(), audio.channels(), audio.fetchedAt());
    }

    Map<String, String> toMap() {
        return Map.of(
                SHA256, sha256.hex(),
                DURATION, Long.toString(durationMillis),
                CHANNELS, Integer.toString(channels),
                FETCHED_AT, fetchedAt.toString());
    }

    /** Empty where anything is missing or odd: then somebody else wrote the object. */
    static Optional<ObjectMetadata> read(Map<String, String> metadata) {
        try {
            ObjectMetadata read = new ObjectMetadata(
                    new Sha256(metadata.getOrDefault(SHA256, "")),
                    Long.parseLong(metadata.getOrDefault(DURATION, "")),
                    Integer.parseInt(metadata.getOrDefault(CHANNELS, "")),
                    Instant.parse(metadata.getOrDefault(FETCHED_AT, "")));
            boolean sound = read.durationMillis > 0 && (read.channels == 1 || read.channels == 2);
            return sound ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
