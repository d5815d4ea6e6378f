package dev.earshot.gateway.http;

import dev.earshot.events.RecordingSid;

/**
 * Where to go from here, as paths: the gateway does not trust what a proxy says of its own address.
 *
 * @param self what is known
 * @param stream the audio
 * @param download the same as a file
 */
public record Links(String self, String stream, String download) {
    /** The links of one recording. */
    public static Links of(RecordingSid sid) {
        return new Links("/api/recordings/" + sid.value(), AudioRoute.STREAM.path(sid), AudioRoute.DOWNLOAD.path(sid));
    }
}
