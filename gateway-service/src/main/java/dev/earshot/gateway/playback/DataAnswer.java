package dev.earshot.gateway.playback;

import dev.earshot.events.StoredObject;
import dev.earshot.gateway.data.Base64Stream;
import dev.earshot.gateway.data.DataConfig;
import dev.earshot.gateway.data.DataFrame;
import dev.earshot.gateway.http.AudioRoute;
import dev.earshot.gateway.playback.AudioAnswer.Sent;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Playability.Playable;
import dev.earshot.gateway.recording.Sid;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends a ready recording as Base64 in JSON. It has no ranges and no validators: who wants those takes the audio itself.
 * The bytes flow as all audio does: at the listener's pace, never collected, reset if anything fails midway.
 */
@ApplicationScoped
class DataAnswer {
    private final AudioStore store;
    private final Streams streams;
    private final FileNames fileNames;
    private final DataConfig data;
    private final PlaybackConfig config;
    private final PlaybackMetrics metrics;

    DataAnswer(
            AudioStore store,
            Streams streams,
            FileNames fileNames,
            DataConfig data,
            PlaybackConfig config,
            PlaybackMetrics metrics) {
        this.store = store;
        this.streams = streams;
        this.fileNames = fileNames;
        this.data = data;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * Must be called on the connection's event loop.
     *
     * @throws Problem in the Uni: 403 {@code recording-too-large}, 503
     */
    Uni<Sent> send(Listener listener, Playable playable, Optional<String> preferenceApplied) {
        return Uni.createFrom().deferred(() -> {
            MediaTypes.require(config, playable.ready());
            requireSmall(playable);
            DataFrame frame =
                    DataFrame.of(playable.recording(), playable.ready().object(), fileNames.name(playable));
            return listener.headOnly()
                    ? headOnly(listener, playable, frame, preferenceApplied)
                    : streams.withPlace(() -> stream(listener, playable, frame, preferenceApplied));
        });
    }

    private void requireSmall(Playable playable) {
        long size = playable.ready().object().sizeBytes();
        long most = data.maxSize().asLongValue();
        if (size > most) {
            throw Problem.of(
                            ProblemType.RECORDING_TOO_LARGE, "it has " + size + " bytes, and " + most + " are the most")
                    .member("sizeBytes", size)
                    .member("maxBytes", most)
                    .member(
                            "download",
                            AudioRoute.DOWNLOAD.path(playable.recording().key().recordingSid()));
        }
    }

    private Uni<Sent> headOnly(
            Listener listener, Playable playable, DataFrame frame, Optional<String> preferenceApplied) {
        metrics.answered("data");
        begin(listener, playable, frame, preferenceApplied).end();
        return Uni.createFrom().item(Sent.DONE);
    }

    private Uni<Sent> stream(
            Listener listener, Playable playable, DataFrame frame, Optional<String> preferenceApplied) {
        StoredObject object = playable.ready().object();
        long since = System.nanoTime();
        return store.open(object, new ByteRange(0, object.sizeBytes() - 1))
                .invoke(ignored -> metrics.opened(Duration.ofNanos(System.nanoTime() - since)))
                .chain(opened -> switch (opened) {
                    case AudioStore.Opened.Stream stream -> {
                        begin(listener, playable, frame, preferenceApplied);
                        yield pipe(listener, playable, frame, stream);
                    }
                    case AudioStore.Opened.Vanished gone -> Uni.createFrom().item(Sent.VANISHED);
                    case AudioStore.Opened.Unavailable away -> AudioAnswer.unavailable(playable, away);
                });
    }

    private Uni<Sent> pipe(Listener listener, Playable playable, DataFrame frame, AudioStore.Opened.Stream stream) {
        metrics.answered("data");
        AudioStore.Opened.Stream encoded =
                new AudioStore.Opened.Stream(new Base64Stream(stream.bytes(), frame), stream.abort());
        AudioPipe pipe = new AudioPipe(listener.routing(), encoded, frame.length(), config, metrics);
        return streams.run(playable.recording().key(), pipe).replaceWith(Sent.DONE);
    }

    private static HttpServerResponse begin(
            Listener listener, Playable playable, DataFrame frame, Optional<String> preferenceApplied) {
        HttpServerResponse response = listener.routing()
                .response()
                .setStatusCode(200)
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Long.toString(frame.length()))
                .putHeader("Cache-Control", "no-store")
                .putHeader("Vary", "Authorization, Cookie");
        preferenceApplied.ifPresent(value -> response.putHeader("Preference-Applied", value));
        if (listener.sid() instanceof Sid.OfCall) {
            response.putHeader(
                    "Content-Location",
                    AudioRoute.DATA.path(playable.recording().key().recordingSid()));
        }
        return response;
    }
}
