package dev.earshot.gateway.playback;

import dev.earshot.gateway.delivery.Delivery;
import dev.earshot.gateway.delivery.SignedUrl;
import dev.earshot.gateway.delivery.Wanted;
import dev.earshot.gateway.playback.AudioAnswer.Sent;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.recording.Playability.Playable;
import dev.earshot.gateway.recording.Sid;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Sends a listener to where the audio is: 302 with a signed URL.
 *
 * <p>Range and conditions are left for whoever gives the bytes (RFC 9110 section 13.2.1: a precondition counts only where the answer
 * would have been 2xx). A GET is redirected only after the store has shown the object's first byte, so that no listener is sent
 * to something that is gone, and a vanished object is found and fetched anew as in proxy delivery.
 */
@ApplicationScoped
class RedirectAnswer {
    private static final Logger LOG = Logger.getLogger(RedirectAnswer.class);
    private static final ByteRange FIRST_BYTE = new ByteRange(0, 0);

    private final Delivery delivery;
    private final AudioStore store;
    private final Streams streams;
    private final FileNames fileNames;
    private final PlaybackConfig config;
    private final PlaybackMetrics metrics;

    RedirectAnswer(
            Delivery delivery,
            AudioStore store,
            Streams streams,
            FileNames fileNames,
            PlaybackConfig config,
            PlaybackMetrics metrics) {
        this.delivery = delivery;
        this.store = store;
        this.streams = streams;
        this.fileNames = fileNames;
        this.config = config;
        this.metrics = metrics;
    }

    /** Whether this listener is to be sent elsewhere. */
    boolean isFor(Listener listener) {
        return delivery.redirects(listener.tenant());
    }

    /**
     * Must be called on the connection's event loop.
     *
     * @throws Problem in the Uni: 503
     */
    Uni<Sent> send(Listener listener, Playable playable, Optional<String> preferenceApplied) {
        return Uni.createFrom().deferred(() -> {
            MediaTypes.require(config, playable.ready());
            return listener.headOnly()
                    ? redirect(listener, playable, preferenceApplied)
                    : streams.withPlace(() -> look(listener, playable, preferenceApplied));
        });
    }

    private Uni<Sent> look(Listener listener, Playable playable, Optional<String> preferenceApplied) {
        return store.open(playable.ready().object(), FIRST_BYTE).chain(opened -> switch (opened) {
            case AudioStore.Opened.Stream stream -> {
                // Read to its end, so that the connection can be used again.
                stream.bytes().handler(ignored -> {}).resume();
                yield redirect(listener, playable, preferenceApplied);
            }
            case AudioStore.Opened.Vanished gone -> Uni.createFrom().item(Sent.VANISHED);
            case AudioStore.Opened.Unavailable away -> AudioAnswer.unavailable(playable, away);
        });
    }

    private Uni<Sent> redirect(Listener listener, Playable playable, Optional<String> preferenceApplied) {
        Wanted wanted = new Wanted(
                playable.ready().object(),
                listener.headOnly(),
                fileNames.disposition(listener.route(), playable),
                Duration.ofMillis(playable.ready().durationMillis()));
        return delivery.url(wanted)
                .onFailure()
                .transform(RedirectAnswer::unsigned)
                .emitOn(listener.onConnection())
                .map(url -> answer(listener, playable, url, preferenceApplied));
    }

    private static Problem unsigned(Throwable failure) {
        LOG.warnf("A URL could not be signed: %s", failure.getClass().getSimpleName());
        return Refusals.storeUnavailable();
    }

    private Sent answer(Listener listener, Playable playable, SignedUrl url, Optional<String> preferenceApplied) {
        metrics.answered("redirect");
        HttpServerResponse response = listener.routing()
                .response()
                .setStatusCode(302)
                .putHeader("Location", url.value())
                .putHeader("Content-Length", "0")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Vary", "Authorization, Cookie");
        preferenceApplied.ifPresent(value -> response.putHeader("Preference-Applied", value));
        if (listener.sid() instanceof Sid.OfCall) {
            response.putHeader(
                    "Content-Location",
                    listener.route().path(playable.recording().key().recordingSid()));
        }
        response.end();
        return Sent.DONE;
    }
}
