package dev.earshot.local.simulator;

import dev.earshot.local.relay.Sockets;
import dev.earshot.local.simulator.audio.CallAudio;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one recording to one client, as fast as it reads or slower, and ends in one of several ways. */
final class MediaStream {
    private static final Logger LOG = LoggerFactory.getLogger(MediaStream.class);
    private static final int PIECE_BYTES = 64 * 1024;
    /** After so many pieces the event loop serves others. */
    private static final int PIECES_AT_A_TIME = 8;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final CallAudio audio;
    private final Pace pace;
    private final Runnable completed;
    private long position;
    private boolean paused;
    private boolean gone;
    private @Nullable MediaStream rest;

    MediaStream(Vertx vertx, HttpServerRequest request, CallAudio audio, Pace pace, Runnable completed) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.audio = audio;
        this.pace = pace;
        this.completed = completed;
    }

    /** What happens where the stream stops. */
    enum End {
        COMPLETE,
        CLOSE,
        RESET,
        HANG
    }

    /**
     * @param stopAt byte at which {@code end} happens
     * @param pieceBytes written at a time
     * @param pauseMillis between two pieces; 0 is as fast as the client reads
     * @param resumeMillis after a HANG the rest follows so much later; 0 is never
     */
    record Pace(long stopAt, int pieceBytes, long pauseMillis, End end, long resumeMillis) {
        static Pace normal(long sizeBytes) {
            return new Pace(sizeBytes, PIECE_BYTES, 0, End.COMPLETE, 0);
        }

        static Pace half(long sizeBytes, End end, long resumeMillis) {
            return new Pace(sizeBytes / 2, PIECE_BYTES, 0, end, resumeMillis);
        }

        /** About twenty pieces a second, so that the body takes that long. */
        static Pace spread(long sizeBytes, long millis) {
            long pieces = Math.max(1, millis / 50);
            int pieceBytes = Math.clamp(sizeBytes / pieces, 1, PIECE_BYTES);
            return new Pace(sizeBytes, pieceBytes, Math.max(1, millis * pieceBytes / sizeBytes), End.COMPLETE, 0);
        }
    }

    void send() {
        write();
    }

    /** The client has gone: whatever is scheduled finds nothing left to do. */
    void abandon() {
        gone = true;
        if (rest != null) {
            rest.abandon();
        }
    }

    private void write() {
        int pieces = 0;
        while (!gone && position < pace.stopAt()) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> resume());
                return;
            }
            if (pieces == PIECES_AT_A_TIME) {
                vertx.runOnContext(ignored -> write());
                return;
            }
            writePiece();
            pieces++;
            if (pace.pauseMillis() > 0 && position < pace.stopAt()) {
                vertx.setTimer(pace.pauseMillis(), ignored -> write());
                return;
            }
        }
        if (!gone && !paused) {
            stop();
        }
    }

    private void resume() {
        response.drainHandler(null);
        write();
    }

    private void writePiece() {
        int length = (int) Math.min(pace.pieceBytes(), pace.stopAt() - position);
        position += length;
        response.write(Buffer.buffer(audio.read(position - length, length))).onFailure(failure -> gone = true);
    }

    private void stop() {
        switch (pace.end()) {
            case COMPLETE -> response.end().onSuccess(sent -> completed.run()).onFailure(this::lost);
            // Closing must not overtake the bytes before it.
            case CLOSE -> afterWritten(() -> request.connection().close().onFailure(this::lost));
            case RESET -> afterWritten(() -> Sockets.reset(request.connection()));
            case HANG -> hang();
        }
    }

    private void afterWritten(Runnable action) {
        response.write(Buffer.buffer()).onComplete(written -> action.run());
    }

    private void hang() {
        paused = true;
        if (pace.resumeMillis() > 0) {
            vertx.setTimer(pace.resumeMillis(), ignored -> sendRest());
        }
    }

    private void sendRest() {
        if (!gone) {
            rest = new MediaStream(vertx, request, audio, Pace.normal(audio.sizeBytes()), completed);
            rest.position = position;
            rest.send();
        }
    }

    private void lost(Throwable failure) {
        LOG.debug("The client has gone", failure);
    }
}
