package dev.earshot.fetcher.twilio;

import dev.earshot.events.Sha256;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.spool.SpoolFailure;
import dev.earshot.fetcher.spool.SpoolFile;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;

/** Writes a body into its spool file, counts and hashes it, and holds the body back while the disk is behind. */
final class SpoolWriter {
    private final SpoolFile spool;
    private final AsyncFile file;
    private final long capBytes;
    private final MessageDigest digest = sha256Digest();
    private long sizeBytes;
    private boolean closed;

    private SpoolWriter(SpoolFile spool, AsyncFile file, long capBytes) {
        this.spool = spool;
        this.file = file;
        this.capBytes = capBytes;
    }

    static Future<SpoolWriter> open(Vertx vertx, SpoolFile spool, long capBytes) {
        OpenOptions options =
                new OpenOptions().setRead(false).setWrite(true).setCreate(true).setTruncateExisting(true);
        FileSystem files = vertx.fileSystem();
        String path = spool.path().toString();
        return files.open(path, options)
                // Whoever tidies temporary folders may have taken an empty one.
                .recover(e -> files.mkdir(spool.folder().toString())
                        .compose(made -> files.open(path, options))
                        .recover(ignored -> Future.failedFuture(e)))
                .map(file -> new SpoolWriter(spool, file, capBytes));
    }

    void pump(HttpClientResponse body, SilenceWatch watch, Consumer<Trouble> onTrouble) {
        file.exceptionHandler(e -> onTrouble.accept(new Trouble.SpoolFailed(SpoolFailure.detail(e))));
        body.handler(chunk -> {
            if (closed) {
                return;
            }
            watch.heard();
            write(chunk, onTrouble);
            if (!closed && file.writeQueueFull()) {
                watch.suspend();
                body.pause();
                file.drainHandler(ignored -> {
                    watch.resume();
                    body.resume();
                });
            }
        });
    }

    private void write(Buffer chunk, Consumer<Trouble> onTrouble) {
        if (sizeBytes + chunk.length() > capBytes) {
            onTrouble.accept(new Trouble.TooLarge(capBytes));
        } else if (!spool.hold(sizeBytes + chunk.length())) {
            onTrouble.accept(new Trouble.SpoolFull(SpoolFailure.BUDGET));
        } else {
            sizeBytes += chunk.length();
            digest.update(chunk.getBytes());
            file.write(chunk).onFailure(e -> onTrouble.accept(new Trouble.SpoolFailed(SpoolFailure.detail(e))));
        }
    }

    Future<Void> close() {
        closed = true;
        return file.close();
    }

    /**
     * Closes without caring how. The file is deleted by its owner, who may have done so before it was even opened: so it
     * is looked for once more, on a worker: deleting blocks, and gigabytes take their time.
     */
    void abandon() {
        if (!closed) {
            closed = true;
            file.close()
                    .onComplete(ignored -> Infrastructure.getDefaultWorkerPool().execute(spool::deleteIfClosed));
        }
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** The digest of everything written; to be asked once, at the end. */
    Sha256 sha256() {
        return Sha256.of(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
