package dev.earshot.gateway.data;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Audio in its frame, encoded chunk by chunk as it comes; pausing pauses the source. It ends well only if the source gave exactly
 * as many bytes as the frame says: the padding would hide one that is missing. To be used on one context, like its source.
 */
public final class Base64Stream implements ReadStream<Buffer> {
    private static final int GROUP = 3;

    private final ReadStream<Buffer> source;
    private final DataFrame frame;
    private Buffer rest = Buffer.buffer();
    private long read;
    private boolean begun;
    private Handler<Throwable> exceptionHandler = failure -> {};
    private Handler<Void> endHandler = end -> {};

    /** @param source paused, without handlers */
    public Base64Stream(ReadStream<Buffer> source, DataFrame frame) {
        this.source = source;
        this.frame = frame;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler == null ? failure -> {} : handler;
        source.exceptionHandler(exceptionHandler);
        return this;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        if (handler == null) {
            source.handler(null);
            return this;
        }
        source.handler(bytes -> pass(bytes, handler));
        source.endHandler(ignored -> end(handler));
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        endHandler = handler == null ? end -> {} : handler;
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        source.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        source.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        source.fetch(amount);
        return this;
    }

    private void pass(Buffer bytes, Handler<Buffer> to) {
        read += bytes.length();
        Buffer all = rest.appendBuffer(bytes);
        int whole = all.length() - all.length() % GROUP;
        rest = all.getBuffer(whole, all.length());
        to.handle(opening().appendBytes(Base64.getEncoder().encode(all.getBytes(0, whole))));
    }

    private void end(Handler<Buffer> to) {
        if (read != frame.sizeBytes()) {
            exceptionHandler.handle(new IOException("the source gave " + read + " bytes of " + frame.sizeBytes()));
            return;
        }
        to.handle(opening()
                .appendBytes(Base64.getEncoder().encode(rest.getBytes()))
                .appendBuffer(frame.after()));
        endHandler.handle(null);
    }

    /** The frame's beginning, once. */
    private Buffer opening() {
        if (begun) {
            return Buffer.buffer();
        }
        begun = true;
        return frame.before().copy();
    }
}
