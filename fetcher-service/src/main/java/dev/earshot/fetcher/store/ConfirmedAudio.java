package dev.earshot.fetcher.store;

import dev.earshot.events.StoredObject;
import java.time.Instant;

/**
 * An object whose bytes were compared.
 *
 * @param object where it lies and what it is
 * @param durationMillis its playing time
 * @param channels 1 or 2
 * @param fetchedAt when it was downloaded
 * @param confirmedAt when it was compared
 */
public record ConfirmedAudio(
        StoredObject object, long durationMillis, int channels, Instant fetchedAt, Instant confirmedAt) {}
