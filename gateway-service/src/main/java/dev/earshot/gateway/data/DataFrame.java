package dev.earshot.gateway.data;

import dev.earshot.events.StoredObject;
import dev.earshot.gateway.recording.Recording;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What stands around the Base64 text, as bytes.
 *
 * @param before up to the text
 * @param after from the text's end
 * @param sizeBytes the audio's size
 */
public record DataFrame(Buffer before, Buffer after, long sizeBytes) {
    /** An empty text, whose closing quote is where the real one goes. */
    private static final String END = "\"}";

    /** The frame of one recording. */
    public static DataFrame of(Recording recording, StoredObject object, String fileName) {
        String empty = new JsonObject()
                .put("recordingSid", recording.key().recordingSid().value())
                .put("callSid", recording.callSid().value())
                .put("contentType", object.contentType())
                .put("fileName", fileName)
                .put("sizeBytes", object.sizeBytes())
                .put("sha256", object.sha256().hex())
                .put("data", "")
                .encode();
        return new DataFrame(
                Buffer.buffer(empty.substring(0, empty.length() - END.length())),
                Buffer.buffer(END),
                object.sizeBytes());
    }

    /** How many bytes the whole document has. */
    public long length() {
        return before.length() + (sizeBytes + 2) / 3 * 4 + after.length();
    }
}
