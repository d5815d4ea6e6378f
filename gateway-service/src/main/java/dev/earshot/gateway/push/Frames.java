package dev.earshot.gateway.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.info.RecordingView;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * What goes over the wire: the event stream format of the HTML standard (section 9.2).
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class Frames {
    /** A comment: no client sees it, every proxy does. */
    static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    /** What the client knows of a whole tenant may be out of date. */
    static final Notice REFRESH = new Notice(null, "refresh", Buffer.buffer("event: refresh\ndata: {}\n\n"));

    private final ObjectMapper json;

    Frames(ObjectMapper json) {
        this.json = json;
    }

    /** The known state: what {@code GET /api/recordings/{sid}} tells; of a deleted recording nothing but that. */
    Notice of(Recording recording) {
        if (recording.state() instanceof RecordingState.Deleted) {
            return notice(recording.key(), id(recording), bare(recording.key(), "deleted"));
        }
        return notice(recording.key(), id(recording), RecordingView.of(recording));
    }

    /** Nobody's recording, or somebody else's: nothing here depends on which. */
    Notice unknown(RecordingKey key) {
        return notice(key, key.recordingSid().value() + ":unknown", bare(key, "unknown"));
    }

    /** How soon to connect again if the stream breaks. */
    static Buffer retry(Duration after) {
        return Buffer.buffer("retry: " + after.toMillis() + "\n\n");
    }

    /** The end in order: connect again, after so long. */
    static Buffer reconnect(Ending why, Duration after) {
        return Buffer.buffer(
                "retry: " + after.toMillis() + "\nevent: reconnect\ndata: {\"reason\":\"" + why.code() + "\"}\n\n");
    }

    /** Every change of state changes one of these. */
    private static String id(Recording recording) {
        return recording.key().recordingSid().value() + ":" + recording.generation() + ":" + recording.attempt() + ":"
                + recording.state().wireName();
    }

    private static Bare bare(RecordingKey key, String state) {
        return new Bare(key.recordingSid().value(), state, Links.of(key.recordingSid()));
    }

    /** A recording of which no more can be told. */
    private record Bare(String recordingSid, String state, Links links) {}

    /** JSON has no line ends of its own, so one data line holds it. */
    private Notice notice(RecordingKey key, String id, Object data) {
        try {
            return new Notice(
                    key,
                    id,
                    Buffer.buffer("id: " + id + "\nevent: recording\ndata: " + json.writeValueAsString(data) + "\n\n"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
