package dev.earshot.gateway.playback;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a multipart answer as one stream, for the pump: each is asked of the store when all before it has been
 * taken, so that one answer never holds more than one of the store's connections. Lives on the connection's context.
 *
 * <p>Each part must have exactly its length. A part that the store does not give, for whatever reason (one is that the
 * object is another by now), is a failure of the whole.
 */
final class PartsInTurn implements ReadStream<Buffer> {
    private final Context context;
    private final Function<ByteRange, Uni<AudioStore.Opened>> open;
    private final Iterator<AudioBody.Part> parts;
    private final String end;
    private AudioBody.Part part;
    private AudioStore.Opened.@Nullable Stream source;
    private Cancellable opening = () -> {};
    private Handler<Buffer> handler = bytes -> {};
    private Handler<Void> endHandler = ignored -> {};
    private Handler<Throwable> exceptionHandler = failure -> {};
    private long partBytes;
    private boolean begun;
    private boolean paused = true;
    private boolean nextIsDue;
    private boolean over;

    /**
     * @param first the first part, open and paused
     * @param open opens another part of the same version of the same object
     */
    PartsInTurn(
            Context context,
            AudioBody body,
            AudioStore.Opened.Stream first,
            Function<ByteRange, Uni<AudioStore.Opened>> open) {
        this.context = context;
        this.open = open;
        this.parts = body.parts().iterator();
        this.end = body.end();
        this.part = parts.next();
        this.source = first;
    }

    @Override
    public PartsInTurn handler(@Nullable Handler<Buffer> handler) {
        this.handler = handler == null ? bytes -> {} : handler;
        return this;
    }

    @Override
    public PartsInTurn endHandler(@Nullable Handler<Void> handler) {
        this.endHandler = handler == null ? ignored -> {} : handler;
        return this;
    }

    @Override
    public PartsInTurn exceptionHandler(@Nullable Handler<Throwable> handler) {
        this.exceptionHandler = handler == null ? failure -> {} : handler;
        return this;
    }

    @Override
    public PartsInTurn pause() {
        paused = true;
        if (source != null) {
            source.bytes().pause();
        }
        return this;
    }

    @Override
    public PartsInTurn resume() {
        paused = false;
        if (nextIsDue) {
            next();
        } else if (source != null && !begun) {
            begin(source);
        } else if (source != null) {
            source.bytes().resume();
        }
        return this;
    }

    /** @throws UnsupportedOperationException always: the pump pauses and resumes */
    @Override
    public PartsInTurn fetch(long amount) {
        throw new UnsupportedOperationException();
    }

    /** Nobody takes any more. */
    void abort() {
        over = true;
        nextIsDue = false;
        opening.cancel();
        if (source != null) {
            source.abort().run();
            source = null;
        }
    }

    private void begin(AudioStore.Opened.Stream opened) {
        begun = true;
        partBytes = 0;
        opened.bytes()
                .exceptionHandler(this::fail)
                .endHandler(ignored -> partEnded())
                .handler(this::pass);
        handler.handle(Buffer.buffer(AudioBody.ascii(part.head())));
        // The head may have filled the listener's queue, or found nobody.
        if (!paused && !over) {
            opened.bytes().resume();
        }
    }

    private void pass(Buffer bytes) {
        if (over) {
            return;
        }
        partBytes += bytes.length();
        if (partBytes > part.range().length()) {
            fail(new IOException("the store sends more than was asked"));
            return;
        }
        handler.handle(bytes);
    }

    private void partEnded() {
        if (over) {
            return;
        }
        source = null;
        if (partBytes != part.range().length()) {
            fail(new IOException("the store sent less than was asked"));
        } else if (paused) {
            nextIsDue = true;
        } else {
            next();
        }
    }

    private void next() {
        nextIsDue = false;
        if (parts.hasNext()) {
            part = parts.next();
            begun = false;
            // A listener's drain may come on another context than the one that streams belong to.
            context.runOnContext(ignored -> ask());
        } else {
            over = true;
            handler.handle(Buffer.buffer(AudioBody.ascii(end)));
            endHandler.handle(null);
        }
    }

    private void ask() {
        if (!over) {
            opening = open.apply(part.range()).subscribe().with(this::opened, this::fail);
        }
    }

    private void opened(AudioStore.Opened answer) {
        switch (answer) {
            case AudioStore.Opened.Stream stream when over -> stream.abort().run();
            case AudioStore.Opened.Stream stream -> {
                source = stream;
                if (!paused) {
                    begin(stream);
                }
            }
            case AudioStore.Opened.Vanished gone -> fail(new IOException("the object is gone"));
            case AudioStore.Opened.Unavailable away -> fail(new IOException(away.why()));
        }
    }

    private void fail(Throwable failure) {
        if (!over) {
            over = true;
            exceptionHandler.handle(failure);
        }
    }
}
