package dev.earshot.fetcher.twilio;

import dev.earshot.events.Sha256;
import dev.earshot.fetcher.spool.SpoolFile;
import java.time.Instant;

/**
 * A complete body in the spool, as long as it was declared to be. Whether it is audio is not known yet.
 *
 * @param file where it lies
 * @param sizeBytes how long it is, more than zero
 * @param sha256 of exactly these bytes
 * @param fetchedAt when the last byte came
 */
public record Download(SpoolFile file, long sizeBytes, Sha256 sha256, Instant fetchedAt) {}
