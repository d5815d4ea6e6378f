package dev.earshot.fetcher.store;

import dev.earshot.events.Sha256;
import java.util.Map;

/**
 * What a GET of an object gave, with the body reduced to its digest.
 *
 * @param sha256 of the bytes that came
 * @param sizeBytes how many came
 * @param etag the store's entity tag without quotes
 * @param contentType the stored media type
 * @param metadata what was written beside it
 */
record ReadBack(Sha256 sha256, long sizeBytes, String etag, String contentType, Map<String, String> metadata) {}
