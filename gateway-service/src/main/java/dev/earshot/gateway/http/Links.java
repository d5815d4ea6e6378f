package dev.earshot.gateway.http;

import dev.earshot.events.RecordingSid;

/**
 * Where to go from here, as paths: the gateway does not trust what a proxy says of its own address.
 *
 * @param self what is known
 * @param stream the audio
 */
public record Links(String self, String stream) {
    /** The links of one recording. */
    public static Links of(RecordingSid sid) {
        String self = "/api/recordings/" + sid.value();
        return new Links(self, self + "/stream");
    }
}
