package dev.earshot.fetcher.twilio;

import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.Trouble.NotAudio;
import dev.earshot.fetcher.spool.SpoolFailure;
import dev.earshot.fetcher.spool.SpoolFile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a 200 on its way into the spool: within the cap, as long as it was declared, more than nothing. Room for a
 * declared length is taken before the first byte, so that a recording which does not fit takes none from those that do.
 */
final class MediaBody {
    private final Vertx vertx;
    private final SpoolFile file;
    private final long capBytes;
    private final SilenceWatch watch;
    private final Runnable onWholeBody;
    private final Consumer<SpoolWriter> onComplete;
    private final Consumer<Trouble> onTrouble;
    private @Nullable SpoolWriter writer;
    private boolean abandoned;

    /**
     * @param onWholeBody before anything else is told of a body that was read to its end: its connection is back in the
     *     pool then and perhaps somebody else's already, so it must be left alone
     * @param onComplete told once all of it is written and closed
     * @param onTrouble told what went wrong, perhaps more than once
     */
    MediaBody(
            Vertx vertx,
            SpoolFile file,
            long capBytes,
            SilenceWatch watch,
            Runnable onWholeBody,
            Consumer<SpoolWriter> onComplete,
            Consumer<Trouble> onTrouble) {
        this.vertx = vertx;
        this.file = file;
        this.capBytes = capBytes;
        this.watch = watch;
        this.onWholeBody = onWholeBody;
        this.onComplete = onComplete;
        this.onTrouble = onTrouble;
    }

    void receive(HttpClientResponse response) {
        long declared = DeclaredLength.of(response.getHeader("Content-Length"));
        if (declared > capBytes) {
            onTrouble.accept(new Trouble.TooLarge(capBytes));
            return;
        }
        file.reset();
        if (!file.hold(declared)) {
            onTrouble.accept(new Trouble.SpoolFull(SpoolFailure.BUDGET));
            return;
        }
        response.pause();
        SpoolWriter.open(vertx, file, capBytes)
                .onSuccess(opened -> pump(response, opened, declared))
                .onFailure(e -> onTrouble.accept(new Trouble.SpoolFailed(SpoolFailure.detail(e))));
    }

    private void pump(HttpClientResponse response, SpoolWriter opened, long declared) {
        if (abandoned) {
            opened.abandon();
            return;
        }
        writer = opened;
        opened.pump(response, watch, onTrouble);
        response.endHandler(ignored -> ended(opened, declared));
        response.resume();
    }

    private void ended(SpoolWriter written, long declared) {
        onWholeBody.run();
        if (abandoned) {
            return;
        }
        watch.stop();
        if (declared >= 0 && written.sizeBytes() != declared) {
            onTrouble.accept(new Trouble.CutShort(written.sizeBytes() + " bytes came, " + declared + " were declared"));
        } else if (written.sizeBytes() == 0) {
            onTrouble.accept(new NotAudio("zero bytes", OptionalInt.empty()));
        } else {
            written.close()
                    .onSuccess(ignored -> onComplete.accept(written))
                    .onFailure(e -> onTrouble.accept(new Trouble.SpoolFailed(SpoolFailure.detail(e))));
        }
    }

    /** Nobody wants it any more. */
    void abandon() {
        abandoned = true;
        if (writer != null) {
            writer.abandon();
        }
    }
}
