package dev.earshot.gateway.playback;

import dev.earshot.gateway.http.HttpDate;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Playability.Playable;
import dev.earshot.gateway.recording.RecordingState.Ready;
import dev.earshot.gateway.recording.Sid;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Sends a ready recording by RFC 9110: conditions first, then the range, then the bytes. */
@ApplicationScoped
class AudioAnswer {
    private static final Logger LOG = Logger.getLogger(AudioAnswer.class);

    private final AudioStore store;
    private final Streams streams;
    private final FileNames fileNames;
    private final PlaybackConfig config;
    private final PlaybackMetrics metrics;
    private final Clock clock;

    AudioAnswer(
            AudioStore store,
            Streams streams,
            FileNames fileNames,
            PlaybackConfig config,
            PlaybackMetrics metrics,
            Clock clock) {
        this.store = store;
        this.streams = streams;
        this.fileNames = fileNames;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What came of it. */
    enum Sent {
        /** The response is written, or the connection reset. */
        DONE,
        /** Nothing is written: the object is not there. */
        VANISHED
    }

    /**
     * Must be called on the connection's event loop.
     *
     * @param preferenceApplied the value of {@code Preference-Applied}
     * @throws Problem in the Uni: 412, 416, 503
     */
    Uni<Sent> send(Listener listener, Playable playable, Optional<String> preferenceApplied) {
        Ready ready = playable.ready();
        return Uni.createFrom().deferred(() -> {
            MediaTypes.require(config, ready);
            AudioHead head = head(listener, ready);
            preferenceApplied.ifPresent(value -> head.headers().put("Preference-Applied", value));
            // A 304 has none, and must not get one.
            head.headers()
                    .computeIfPresent(
                            "Content-Disposition", (name, inline) -> fileNames.disposition(listener.route(), playable));
            if (listener.sid() instanceof Sid.OfCall) {
                head.headers()
                        .put(
                                "Content-Location",
                                listener.route().path(playable.recording().key().recordingSid()));
            }
            return head.body()
                    .map(body -> streams.withPlace(() -> stream(listener, playable, head, body)))
                    .orElseGet(() -> headOnly(listener, head));
        });
    }

    private AudioHead head(Listener listener, Ready ready) {
        String etag = AudioHead.etag(ready);
        return switch (listener.conditions().evaluate(etag, HttpDate.seconds(ready.readyAt()), clock.instant())) {
            case FAILED -> throw Problem.of(ProblemType.PRECONDITION_FAILED).header("ETag", etag);
            case NOT_MODIFIED -> AudioHead.notModified(ready);
            case PROCEED_WHOLE -> asAsked(listener, AudioHead.whole(ready));
            case PROCEED -> asAsked(listener, ranged(listener, ready));
        };
    }

    private static AudioHead asAsked(Listener listener, AudioHead head) {
        return listener.headOnly() ? head.forHead() : head;
    }

    private AudioHead ranged(Listener listener, Ready ready) {
        long size = ready.object().sizeBytes();
        return switch (RangeRequest.of(listener.range(), size, config.maxRanges())) {
            case RangeRequest.Whole whole -> AudioHead.whole(ready);
            case RangeRequest.Part part -> AudioHead.part(ready, part.range());
            case RangeRequest.Several several -> AudioHead.parts(ready, several.ranges());
            case RangeRequest.Unsatisfiable none ->
                throw Problem.of(ProblemType.RANGE_NOT_SATISFIABLE)
                        .header("Content-Range", "bytes */" + size)
                        .header("Accept-Ranges", "bytes");
        };
    }

    private Uni<Sent> headOnly(Listener listener, AudioHead head) {
        metrics.answered(outcome(head));
        begin(listener, head).end();
        return Uni.createFrom().item(Sent.DONE);
    }

    private Uni<Sent> stream(Listener listener, Playable playable, AudioHead head, AudioBody body) {
        long since = System.nanoTime();
        return store.open(playable.ready().object(), body.first())
                .invoke(ignored -> metrics.opened(Duration.ofNanos(System.nanoTime() - since)))
                .chain(opened -> switch (opened) {
                    case AudioStore.Opened.Stream first -> pipe(listener, playable, head, body, first);
                    case AudioStore.Opened.Vanished gone -> Uni.createFrom().item(Sent.VANISHED);
                    case AudioStore.Opened.Unavailable away -> unavailable(playable, away);
                });
    }

    private Uni<Sent> pipe(
            Listener listener, Playable playable, AudioHead head, AudioBody body, AudioStore.Opened.Stream first) {
        metrics.answered(outcome(head));
        begin(listener, head);
        AudioStore.Opened.Stream source = body.parts().size() == 1 ? first : inTurn(listener, playable, body, first);
        AudioPipe pipe = new AudioPipe(listener.routing(), source, body.length(), config, metrics);
        return streams.run(playable.recording().key(), pipe).replaceWith(Sent.DONE);
    }

    private AudioStore.Opened.Stream inTurn(
            Listener listener, Playable playable, AudioBody body, AudioStore.Opened.Stream first) {
        PartsInTurn parts = new PartsInTurn(
                listener.context(),
                body,
                first,
                range -> store.open(playable.ready().object(), range)
                        .invoke(opened -> logUnavailable(playable, opened)));
        return new AudioStore.Opened.Stream(parts, parts::abort);
    }

    private static void logUnavailable(Playable playable, AudioStore.Opened opened) {
        if (opened instanceof AudioStore.Opened.Unavailable away) {
            log(playable, away);
        }
    }

    private HttpServerResponse begin(Listener listener, AudioHead head) {
        HttpServerResponse response = listener.routing().response().setStatusCode(head.status());
        head.headers().forEach(response::putHeader);
        return response;
    }

    /** For the log what the store did, for the listener that it is away. */
    static Uni<Sent> unavailable(Playable playable, AudioStore.Opened.Unavailable away) {
        log(playable, away);
        return Uni.createFrom().failure(Refusals.storeUnavailable());
    }

    /** What is not ours under our key needs a person; a store that is away comes back. */
    private static void log(Playable playable, AudioStore.Opened.Unavailable away) {
        MDC.put("tenant", playable.recording().key().tenant().value());
        MDC.put("recordingSid", playable.recording().key().recordingSid().value());
        LOG.logf(
                away.isForeign() ? Logger.Level.ERROR : Logger.Level.WARN,
                "The store did not give an object: %s",
                away.why());
        MDC.remove("tenant");
        MDC.remove("recordingSid");
    }

    private static String outcome(AudioHead head) {
        return switch (head.status()) {
            case 206 -> "partial";
            case 304 -> "not-modified";
            default -> "whole";
        };
    }
}
