package dev.earshot.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earshot.events.RecordingSid;
import java.util.Optional;

/**
 * Where to go from here, as paths: the gateway does not trust what a proxy says of its own address.
 *
 * @param self what is known
 * @param stream the audio
 * @param download the same as a file
 * @param peaks its waveform, where the audio is there and so a waveform may be
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Links(String self, String stream, String download, Optional<String> peaks) {
    /** The links of one recording. */
    public static Links of(RecordingSid sid) {
        return new Links(self(sid), AudioRoute.STREAM.path(sid), AudioRoute.DOWNLOAD.path(sid), Optional.empty());
    }

    /** The links of one whose audio is there. */
    public static Links ofReady(RecordingSid sid) {
        Links links = of(sid);
        return new Links(links.self, links.stream, links.download, Optional.of(peaks(sid)));
    }

    /** Where the waveform of a recording is. */
    public static String peaks(RecordingSid sid) {
        return self(sid) + "/peaks";
    }

    private static String self(RecordingSid sid) {
        return "/api/recordings/" + sid.value();
    }
}
