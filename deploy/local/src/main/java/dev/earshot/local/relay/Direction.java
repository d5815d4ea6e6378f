package dev.earshot.local.relay;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes bytes from one socket to the other, one piece at a time when there is a delay. At most one read buffer is held: the source
 * is paused while something waits, so the sender feels it.
 */
final class Direction {
    private final Vertx vertx;
    private final NetSocket source;
    private final NetSocket target;
    private final AtomicLong passedBytes;
    private final Queue<Buffer> held = new ArrayDeque<>();
    private long delayMillis;
    private boolean stalled = true;
    private boolean waiting;
    private Runnable afterLast = () -> {};

    Direction(Vertx vertx, NetSocket source, NetSocket target, AtomicLong passedBytes) {
        this.vertx = vertx;
        this.source = source;
        this.target = target;
        this.passedBytes = passedBytes;
        source.pause();
        source.handler(this::receive);
    }

    void stall() {
        stalled = true;
        source.pause();
    }

    void flow() {
        stalled = false;
        advance();
    }

    void delay(long millis) {
        delayMillis = millis;
    }

    /** Runs the action once all that was received has been passed on. */
    void finish(Runnable action) {
        afterLast = action;
        if (held.isEmpty()) {
            action.run();
        }
    }

    private void receive(Buffer piece) {
        held.add(piece);
        source.pause();
        if (!stalled && !waiting) {
            advance();
        }
    }

    private void advance() {
        if (stalled || waiting) {
            return;
        }
        if (held.isEmpty()) {
            source.resume();
        } else if (delayMillis > 0) {
            waiting = true;
            vertx.setTimer(delayMillis, ignored -> passOn());
        } else {
            passOn();
        }
    }

    private void passOn() {
        waiting = false;
        if (stalled) {
            return;
        }
        Buffer piece = held.remove();
        passedBytes.addAndGet(piece.length());
        target.write(piece).onFailure(gone -> source.close());
        if (held.isEmpty()) {
            afterLast.run();
        }
        if (target.writeQueueFull()) {
            waiting = true;
            target.drainHandler(ignored -> {
                waiting = false;
                advance();
            });
        } else {
            advance();
        }
    }
}
