package dev.earshot.gateway.playback;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Pumps one stream from the store into one listener's connection, on that connection's event loop.
 *
 * <p>The store is asked for more only while the connection takes bytes. Whatever goes wrong after the head resets the
 * connection (RFC 9112 section 8: a short body must not look complete); when the listener leaves, the store's
 * connection is given up at once.
 */
final class AudioPipe {
    /**
     * What may wait for a slow listener before the store is paused; as much again may have been read by then. Netty's 64
     * KiB would make 100 slow listeners cost more than the 20 MB that we promise, and are no faster: a fast listener's
     * throughput is the kernel's socket buffer, which this only has to keep filled. No key: the memory that operators
     * choose is {@code earshot.playback.max-streams} times this.
     */
    private static final int WRITE_QUEUE_BYTES = 32 * 1024;

    private final RoutingContext routing;
    private final Context context;
    private final HttpServerResponse response;
    private final AudioStore.Opened.Stream source;
    private final long promisedBytes;
    private final PlaybackConfig config;
    private final PlaybackMetrics metrics;
    private Handler<Ending> whenEnded = ending -> {};
    private boolean ended;
    private boolean waitingForListener;
    private boolean flushing;
    private long sentBytes;
    private long lastProgressNanos = System.nanoTime();
    private long watch;

    /** How it ended. */
    enum Ending {
        COMPLETE("complete"),
        LISTENER_GONE("listener"),
        LISTENER_STALLED("listener-stalled"),
        STORE_FAILED("store"),
        STORE_STALLED("store-stalled"),
        SHUTDOWN("shutdown"),
        DELETED("deleted");

        private final String side;

        Ending(String side) {
            this.side = side;
        }

        String side() {
            return side;
        }
    }

    /** Must be called on the connection's context. */
    AudioPipe(
            RoutingContext routing,
            AudioStore.Opened.Stream source,
            long promisedBytes,
            PlaybackConfig config,
            PlaybackMetrics metrics) {
        this.routing = routing;
        this.context = routing.vertx().getOrCreateContext();
        this.response = routing.response();
        this.source = source;
        this.promisedBytes = promisedBytes;
        this.config = config;
        this.metrics = metrics;
    }

    /** Sends everything; the item tells how it ended, and there is no failure. */
    Uni<Ending> run() {
        return Uni.createFrom().emitter(emitter -> {
            whenEnded = emitter::complete;
            start();
        });
    }

    private void start() {
        if (response.closed()) {
            finish(Ending.LISTENER_GONE);
            return;
        }
        routing.addEndHandler(result -> connectionEnded(result.succeeded()));
        response.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        watch = routing.vertx().setPeriodic(watchMillis(), ignored -> watch());
        source.bytes()
                .exceptionHandler(failure -> finish(Ending.STORE_FAILED))
                .endHandler(ignored -> sourceEnded())
                .handler(this::pass)
                .resume();
    }

    private void pass(Buffer bytes) {
        if (ended) {
            return;
        }
        if (sentBytes + bytes.length() > promisedBytes) {
            finish(Ending.STORE_FAILED);
            return;
        }
        sentBytes += bytes.length();
        lastProgressNanos = System.nanoTime();
        metrics.sent(bytes.length());
        response.write(bytes).onFailure(failure -> finish(Ending.LISTENER_GONE));
        if (response.writeQueueFull()) {
            waitingForListener = true;
            source.bytes().pause();
            response.drainHandler(ignored -> drained());
        }
    }

    private void drained() {
        waitingForListener = false;
        lastProgressNanos = System.nanoTime();
        if (!ended) {
            source.bytes().resume();
        }
    }

    /** The last bytes may still wait in our queue, so the listener can stall even now. */
    private void sourceEnded() {
        if (ended) {
            return;
        }
        if (sentBytes != promisedBytes) {
            finish(Ending.STORE_FAILED);
            return;
        }
        waitingForListener = true;
        flushing = true;
        lastProgressNanos = System.nanoTime();
        response.end().onComplete(result -> finish(result.succeeded() ? Ending.COMPLETE : Ending.LISTENER_GONE));
    }

    /**
     * Over HTTP/2 a stream that ended well reports its close first; once everything is handed over, the outcome of our
     * own end() is the truth.
     */
    private void connectionEnded(boolean well) {
        if (!flushing) {
            finish(well ? Ending.COMPLETE : Ending.LISTENER_GONE);
        }
    }

    private void watch() {
        Duration limit = waitingForListener ? config.writeStall() : config.readStall();
        if (System.nanoTime() - lastProgressNanos > limit.toNanos()) {
            finish(waitingForListener ? Ending.LISTENER_STALLED : Ending.STORE_STALLED);
        }
    }

    private long watchMillis() {
        long shortest =
                Math.min(config.writeStall().toMillis(), config.readStall().toMillis());
        return Math.clamp(shortest / 4, 10, 1000);
    }

    /** The service stops and the stream has had its time, or the recording is deleted. Any thread. */
    void reset(Ending why) {
        context.runOnContext(ignored -> finish(why));
    }

    private void finish(Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        routing.vertx().cancelTimer(watch);
        if (ending != Ending.COMPLETE) {
            source.abort().run();
            BrokenOff.reset(routing);
        }
        metrics.ended(ending);
        whenEnded.handle(ending);
    }
}
