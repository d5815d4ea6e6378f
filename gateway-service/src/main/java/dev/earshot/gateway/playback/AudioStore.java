package dev.earshot.gateway.playback;

import dev.earshot.events.StoredObject;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** The port to the stored bytes. */
public interface AudioStore {
    /**
     * Opens a part of an object, pinned to the very object that was announced. Must be called on the request's Vert.x
     * context, which the stream then belongs to; nothing blocks.
     *
     * <p>Guarantees: what is {@link Opened.Stream} is of the version that has the object's entity tag, and promises
     * exactly {@code range.length()} bytes, or its length is not told and the caller must count. So several parts of one
     * answer, opened one after the other, are of one version. Expected failures are values; anything else is a bug.
     */
    Uni<Opened> open(StoredObject object, ByteRange range);

    /** What came of it. */
    sealed interface Opened {
        /**
         * The store sends; the stream is paused.
         *
         * @param bytes the content
         * @param abort makes the store stop at once and gives the connection up
         */
        record Stream(ReadStream<Buffer> bytes, Runnable abort) implements Opened {}

        /** The store answered NoSuchKey, each time it was asked. */
        record Vanished() implements Opened {}

        /**
         * The store is not there, refuses us, or holds something else.
         *
         * @param why for the log: no URL, no header
         * @param isForeign the store holds or sends something else than was announced: waiting will not mend it
         */
        record Unavailable(String why, boolean isForeign) implements Opened {
            /** The store is not there or refuses us. */
            public Unavailable(String why) {
                this(why, false);
            }
        }
    }
}
