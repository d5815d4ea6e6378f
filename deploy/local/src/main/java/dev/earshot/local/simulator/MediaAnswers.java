package dev.earshot.local.simulator;

import dev.earshot.local.simulator.MediaStream.End;
import dev.earshot.local.simulator.MediaStream.Pace;
import dev.earshot.local.simulator.SimulatedRecording.Rule;
import dev.earshot.local.simulator.audio.AudioFormat;
import dev.earshot.local.simulator.audio.CallAudio;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Random;

/** One media answer for each behaviour: the table that README.md documents. */
final class MediaAnswers {
    private static final String HTML_PAGE =
            "<!DOCTYPE html><html><head><title>Please sign in</title></head><body>Your session has ended.</body></html>";

    private final Vertx vertx;
    private final Simulator.Addresses addresses;

    MediaAnswers(Vertx vertx, Simulator.Addresses addresses) {
        this.vertx = vertx;
        this.addresses = addresses;
    }

    /** @param channels as asked for, or else as recorded */
    record Media(SimulatedRecording recording, CallAudio audio, AudioFormat format, int channels) {
        long sizeBytes() {
            return audio.sizeBytes();
        }
    }

    void send(RoutingContext context, Media media, Rule rule) {
        long size = media.sizeBytes();
        long millis = rule.seconds() * 1000L;
        switch (rule.behaviour()) {
            case NORMAL, HUGE -> audio(context, media, Pace.normal(size));
            // Rules of status: by now the recording is completed.
            case NOT_READY -> audio(context, media, Pace.normal(size));
            case NOT_FOUND, DELETED, ABSENT -> TwilioErrors.NOT_FOUND.send(context);
            case SLOW_FIRST_BYTE -> vertx.setTimer(Math.max(1, millis), t -> audio(context, media, Pace.normal(size)));
            case SLOW_BODY -> audio(context, media, Pace.spread(size, millis));
            case STALLED_BODY -> audio(context, media, Pace.half(size, End.HANG, millis));
            case TRUNCATED -> audio(context, media, Pace.half(size, End.CLOSE, 0));
            case RESET -> audio(context, media, Pace.half(size, End.RESET, 0));
            case CHUNKED -> chunked(context, media);
            case ENCRYPTED -> encrypted(context, media);
            case UNAUTHORIZED -> TwilioErrors.AUTHENTICATE.send(context);
            case RATE_LIMITED -> TwilioErrors.TOO_MANY_REQUESTS.send(context);
            case RATE_LIMITED_RETRY_AFTER -> {
                context.response().putHeader("Retry-After", String.valueOf(rule.seconds()));
                TwilioErrors.TOO_MANY_REQUESTS.send(context);
            }
            case SERVER_ERROR -> TwilioErrors.INTERNAL.send(context);
            case HTML -> whole(context, "text/html; charset=utf-8", HTML_PAGE);
            case XML_ERROR -> whole(context, media.audio().contentType(), TwilioErrors.NOT_FOUND.xml());
            case ZERO_BYTES -> whole(context, media.audio().contentType(), "");
            case REDIRECT -> redirect(context, media, addresses.publicUrl());
            case REDIRECT_FOREIGN -> redirect(context, media, addresses.foreignUrl());
        }
    }

    void audio(RoutingContext context, SimulatedRecording recording, CallAudio audio, Pace pace) {
        if (context.response().closed()) {
            return; // Gone while it waited for the first byte.
        }
        HttpServerResponse response = context.response()
                .putHeader("Content-Type", audio.contentType())
                .putHeader("Content-Length", String.valueOf(audio.sizeBytes()));
        if (HttpMethod.HEAD.equals(context.request().method())) {
            Answers.end(response);
        } else {
            stream(context, recording, audio, pace);
        }
    }

    private void audio(RoutingContext context, Media media, Pace pace) {
        audio(context, media.recording(), media.audio(), pace);
    }

    private void chunked(RoutingContext context, Media media) {
        context.response()
                .setChunked(true)
                .putHeader("Content-Type", media.audio().contentType());
        stream(context, media.recording(), media.audio(), Pace.normal(media.sizeBytes()));
    }

    private void stream(RoutingContext context, SimulatedRecording recording, CallAudio audio, Pace pace) {
        SimulatedRecording.Counters counters = recording.counters();
        MediaStream stream =
                new MediaStream(vertx, context.request(), audio, pace, counters.mediaCompleted::incrementAndGet);
        // Not by handlers of the response: the router has those, and would no longer hear of the end itself.
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                counters.mediaAborted.incrementAndGet();
                stream.abandon();
            }
        });
        stream.send();
    }

    /** Voice recording encryption: only .wav exists, and it is cipher text ("Voice recording encryption", error 16109). */
    private void encrypted(RoutingContext context, Media media) {
        if (media.format() == AudioFormat.MP3) {
            TwilioErrors.ENCRYPTED_AS_MP3.send(context);
            return;
        }
        byte[] cipherText = new byte[64 * 1024];
        new Random(media.recording().facts().recordingSid().hashCode()).nextBytes(cipherText);
        context.response().putHeader("Content-Type", media.audio().contentType());
        context.response().end(io.vertx.core.buffer.Buffer.buffer(cipherText)).onComplete(sent -> {});
    }

    private static void whole(RoutingContext context, String contentType, String body) {
        Answers.end(context.response().putHeader("Content-Type", contentType), body);
    }

    private void redirect(RoutingContext context, Media media, String host) {
        String location = host + MediaRoutes.STORE_PATH
                + media.recording().facts().recordingSid() + "/"
                + media.format().text() + "/" + media.channels() + "?signature=for-this-request-only";
        Answers.end(context.response().setStatusCode(302).putHeader("Location", location));
    }
}
