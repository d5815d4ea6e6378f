package dev.earshot.gateway.store;

import dev.earshot.events.StoredObject;
import dev.earshot.gateway.playback.ByteRange;
import io.vertx.core.MultiMap;
import java.util.Optional;

/**
 * What the store must send for a GET if it still holds the very version that was announced.
 *
 * @param object what was announced
 * @param range the part that is asked
 */
record S3Announced(StoredObject object, ByteRange range) {
    static S3Announced of(StoredObject object, ByteRange range) {
        return new S3Announced(object, range);
    }

    /** Whether it is less than the whole, so that a Range has to be sent. */
    boolean isPart() {
        return range.length() < object.sizeBytes();
    }

    /** The version's entity tag, quoted. */
    String etag() {
        return "\"" + object.etag() + "\"";
    }

    /**
     * Compares a successful answer's head. No length is no contradiction: whoever reads counts.
     *
     * @return what is wrong, for the log; empty if nothing is
     */
    Optional<String> contradictedBy(int status, MultiMap headers) {
        if (status != (isPart() ? 206 : 200)) {
            return Optional.of("status " + status + " to a request of " + (isPart() ? "a part" : "the whole"));
        }
        String etag = headers.get("ETag");
        // Some stores forget the quotes.
        if (etag == null || !etag.replace("\"", "").equals(object.etag())) {
            return Optional.of("another version of the object, or one that is not told");
        }
        String length = headers.get("Content-Length");
        if (length != null && !length.equals(Long.toString(range.length()))) {
            return Optional.of("a length of " + length + " instead of " + range.length());
        }
        return isPart() && !range.contentRange(object.sizeBytes()).equals(headers.get("Content-Range"))
                ? Optional.of("another range than asked")
                : Optional.empty();
    }
}
