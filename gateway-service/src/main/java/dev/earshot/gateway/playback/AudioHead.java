package dev.earshot.gateway.playback;

import dev.earshot.gateway.http.HttpDate;
import dev.earshot.gateway.recording.RecordingState.Ready;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Status and header fields of an answer about a recording's audio.
 *
 * @param status 200, 206 or 304
 * @param headers by name
 * @param body what to send; empty for HEAD and 304
 */
record AudioHead(int status, Map<String, String> headers, Optional<AudioBody> body) {

    /** The strong entity tag: it names the bytes, so it is the same on every replica and after a re-fetch. */
    static String etag(Ready ready) {
        return "\"" + ready.object().sha256().hex() + "\"";
    }

    static AudioHead whole(Ready ready) {
        long size = ready.object().sizeBytes();
        AudioBody body = AudioBody.of(new ByteRange(0, size - 1));
        return new AudioHead(200, content(ready, body), Optional.of(body));
    }

    static AudioHead part(Ready ready, ByteRange range) {
        AudioBody body = AudioBody.of(range);
        Map<String, String> headers = content(ready, body);
        headers.put("Content-Range", range.contentRange(ready.object().sizeBytes()));
        return new AudioHead(206, headers, Optional.of(body));
    }

    /** Section 15.3.7.2: each part tells its own range, and the head none. */
    static AudioHead parts(Ready ready, List<ByteRange> ranges) {
        String boundary = AudioBody.boundary();
        AudioBody body = AudioBody.several(
                ranges, boundary, ready.object().contentType(), ready.object().sizeBytes());
        Map<String, String> headers = content(ready, body);
        headers.put("Content-Type", "multipart/byteranges; boundary=" + boundary);
        return new AudioHead(206, headers, Optional.of(body));
    }

    /** Section 15.4.5: what a cache needs to update its copy, and no content's length or type. */
    static AudioHead notModified(Ready ready) {
        return new AudioHead(304, validators(ready), Optional.empty());
    }

    /** The same head without a body. */
    AudioHead forHead() {
        return new AudioHead(status, headers, Optional.empty());
    }

    private static Map<String, String> content(Ready ready, AudioBody body) {
        Map<String, String> headers = validators(ready);
        headers.put("Content-Type", ready.object().contentType());
        headers.put("Content-Length", Long.toString(body.length()));
        headers.put("Content-Disposition", "inline");
        headers.put("Accept-Ranges", "bytes");
        // RFC 9530: of the whole representation, whichever part is sent.
        headers.put(
                "Repr-Digest",
                "sha-256=:"
                        + Base64.getEncoder()
                                .encodeToString(ready.object().sha256().bytes()) + ":");
        headers.put("X-Content-Type-Options", "nosniff");
        return headers;
    }

    private static Map<String, String> validators(Ready ready) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", etag(ready));
        headers.put("Last-Modified", HttpDate.format(ready.readyAt()));
        headers.put("Cache-Control", "private, no-cache");
        headers.put("Vary", "Authorization, Cookie");
        return headers;
    }
}
