package dev.earshot.fetcher.store;

import dev.earshot.events.Sha256;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Validated audio in the spool.
 *
 * @param file where it lies
 * @param sizeBytes its length
 * @param sha256 of exactly these bytes
 * @param contentType what it is
 * @param durationMillis its playing time
 * @param channels 1 or 2
 * @param fetchedAt when the download ended
 */
public record AudioToStore(
        Path file,
        long sizeBytes,
        Sha256 sha256,
        String contentType,
        long durationMillis,
        int channels,
        Instant fetchedAt) {}
