package dev.earshot.fetcher.twilio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Reads as much of an error's body as can explain it; however the body ends, what came of it is told once. */
final class ErrorPrefix {
    private final Buffer prefix = Buffer.buffer();
    private final Consumer<OptionalInt> told;
    private boolean concluded;

    private ErrorPrefix(Consumer<OptionalInt> told) {
        this.told = told;
    }

    /**
     * @param onWholeBody before {@code told}, if the body was read to its end: the connection is back in the pool then and
     *     perhaps somebody else's already, so it must be left alone
     * @param told Twilio's code, if there is one
     */
    static void read(HttpClientResponse response, Runnable onWholeBody, Consumer<OptionalInt> told) {
        ErrorPrefix reading = new ErrorPrefix(told);
        response.exceptionHandler(ignored -> reading.conclude());
        response.endHandler(ignored -> {
            if (!reading.concluded) {
                onWholeBody.run();
                reading.conclude();
            }
        });
        response.handler(reading::take);
    }

    private void take(Buffer chunk) {
        prefix.appendBuffer(chunk, 0, Math.min(chunk.length(), ErrorBody.PREFIX_BYTES - prefix.length()));
        if (prefix.length() == ErrorBody.PREFIX_BYTES) {
            conclude();
        }
    }

    private void conclude() {
        if (!concluded) {
            concluded = true;
            told.accept(ErrorBody.twilioCode(prefix.getBytes()));
        }
    }
}
