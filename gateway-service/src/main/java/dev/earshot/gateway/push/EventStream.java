package dev.earshot.gateway.push;

import dev.earshot.gateway.playback.BrokenOff;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * One client's connection: writes while it takes, keeps the latest of each recording while it does not, and gives up one
 * that takes nothing for too long. All of it happens on the connection's event loop.
 */
final class EventStream implements Watches.Watcher {
    /** Enough for a batch of states; the rest waits in the outbox, where the newer replaces the older. */
    private static final int WRITE_QUEUE_BYTES = 16 * 1024;

    private final RoutingContext routing;
    private final Context context;
    private final HttpServerResponse response;
    private final PushConfig config;
    private final Duration retry;
    private final Outbox outbox;
    private final BiConsumer<EventStream, Ending> whenEnded;
    private Runnable complete = () -> {};
    private boolean begun;
    private boolean ended;
    private boolean silent;
    private boolean full;
    private long fullSinceNanos;
    private long beat = -1;
    private long expiry = -1;

    /**
     * Must be called on the connection's context.
     *
     * @param whenEnded is told once how it ended, whatever becomes of {@link #run}
     */
    EventStream(RoutingContext routing, PushConfig config, BiConsumer<EventStream, Ending> whenEnded) {
        this.routing = routing;
        this.whenEnded = whenEnded;
        this.context = routing.vertx().getOrCreateContext();
        this.response = routing.response();
        this.config = config;
        this.outbox = new Outbox(config.maxPending());
        this.retry = config.retry()
                .plusMillis(ThreadLocalRandom.current()
                        .nextLong(Math.max(1, config.retry().toMillis())));
    }

    /**
     * Begins to send; the item comes when it has ended, and there is no failure.
     *
     * @param validFor how long the token is still valid
     */
    Uni<Void> run(Duration validFor) {
        return Uni.createFrom().emitter(emitter -> {
            complete = () -> emitter.complete(null);
            start(validFor);
        });
    }

    private void start(Duration validFor) {
        if (response.closed()) {
            finish(Ending.CLIENT, () -> {});
            return;
        }
        routing.addEndHandler(ignored -> finish(Ending.CLIENT, () -> {}));
        response.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        head(response).setChunked(true);
        begun = true;
        response.write(Frames.retry(retry));
        beat = routing.vertx().setPeriodic(tickMillis(), ignored -> tick());
        expiry = routing.vertx()
                .setTimer(Math.max(1, validFor.toMillis()), ignored -> reconnectNow(Ending.TOKEN_EXPIRED));
        flush();
    }

    /** The head of every stream. */
    static HttpServerResponse head(HttpServerResponse response) {
        return response.setStatusCode(200)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Vary", "Authorization, Cookie")
                // nginx would keep the events until its buffer is full.
                .putHeader("X-Accel-Buffering", "no");
    }

    @Override
    public void tell(Notice notice) {
        context.runOnContext(ignored -> {
            if (!ended) {
                outbox.add(notice);
                flush();
            }
        });
    }

    private void flush() {
        while (begun && !ended && !isFull()) {
            Optional<Buffer> frame = outbox.next();
            if (frame.isEmpty()) {
                return;
            }
            silent = false;
            response.write(frame.get());
        }
    }

    private boolean isFull() {
        if (response.writeQueueFull() && !full) {
            full = true;
            fullSinceNanos = System.nanoTime();
            response.drainHandler(ignored -> {
                full = false;
                flush();
            });
        }
        return full;
    }

    private void tick() {
        if (isFull()) {
            if (System.nanoTime() - fullSinceNanos > config.stall().toNanos()) {
                reset(Ending.STALLED);
            }
        } else if (silent) {
            response.write(Frames.HEARTBEAT);
        }
        silent = true;
    }

    private long tickMillis() {
        return Math.clamp(config.heartbeat().toMillis(), 10, 60_000);
    }

    /** Tells the client to connect again, then ends. Any thread. */
    void reconnect(Ending why) {
        context.runOnContext(ignored -> reconnectNow(why));
    }

    /** What waits is not sent: the next connection begins with the current state. */
    private void reconnectNow(Ending why) {
        if (ended || !begun) {
            return;
        }
        if (isFull()) {
            // Nothing can be told to who does not take it.
            reset(why);
            return;
        }
        finish(why, () -> response.end(Frames.reconnect(why, retry)));
    }

    /** Ends at once. Any thread. */
    void reset() {
        context.runOnContext(ignored -> reset(Ending.SHUTDOWN));
    }

    private void reset(Ending why) {
        finish(why, () -> BrokenOff.reset(routing));
    }

    /** The last word is said before the request is told that it is over, or there would be nothing to say it on. */
    private void finish(Ending how, Runnable lastWord) {
        if (ended) {
            return;
        }
        ended = true;
        routing.vertx().cancelTimer(beat);
        routing.vertx().cancelTimer(expiry);
        lastWord.run();
        whenEnded.accept(this, how);
        complete.run();
    }
}
