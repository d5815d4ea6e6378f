package dev.earshot.gateway.playback;

import dev.earshot.gateway.http.Links;
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
    private final PlaybackConfig config;
    private final PlaybackMetrics metrics;
    private final Clock clock;

    AudioAnswer(AudioStore store, Streams streams, PlaybackConfig config, PlaybackMetrics metrics, Clock clock) {
        this.store = store;
        this.streams = streams;
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
        if (!config.contentTypes().contains(ready.object().contentType())) {
            LOG.errorf("The stored media type %s is not allowed", ready.object().contentType());
            return Uni.createFrom().failure(Problem.of(ProblemType.RECORDING_UNPLAYABLE));
        }
        return Uni.createFrom().deferred(() -> {
            AudioHead head = head(listener, ready);
            preferenceApplied.ifPresent(value -> head.headers().put("Preference-Applied", value));
            if (listener.sid() instanceof Sid.OfCall) {
                head.headers().put("Content-Location", links(playable).stream());
            }
            return head.body()
                    .map(range -> streams.withPlace(() -> stream(listener, playable, head, range)))
                    .orElseGet(() -> headOnly(listener, head));
        });
    }

    private AudioHead head(Listener listener, Ready ready) {
        String etag = AudioHead.etag(ready);
        return switch (listener.conditions().evaluate(etag, HttpDate.seconds(ready.readyAt()), clock.instant())) {
            case FAILED -> throw Problem.of(ProblemType.PRECONDITION_FAILED).header("ETag", etag);
            case NOT_MODIFIED -> AudioHead.notModified(ready);
            case PROCEED_WHOLE -> asAsked(listener, AudioHead.whole(ready));
            case PROCEED -> asAsked(listener, ranged(listener.range(), ready));
        };
    }

    private static AudioHead asAsked(Listener listener, AudioHead head) {
        return listener.headOnly() ? head.forHead() : head;
    }

    private static AudioHead ranged(Optional<String> range, Ready ready) {
        long size = ready.object().sizeBytes();
        return switch (RangeRequest.of(range, size)) {
            case RangeRequest.Whole whole -> AudioHead.whole(ready);
            case RangeRequest.Part part -> AudioHead.part(ready, part.range());
            case RangeRequest.Several several -> AudioHead.whole(ready);
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

    private Uni<Sent> stream(Listener listener, Playable playable, AudioHead head, ByteRange range) {
        long since = System.nanoTime();
        return store.open(playable.ready().object(), range)
                .invoke(ignored -> metrics.opened(Duration.ofNanos(System.nanoTime() - since)))
                .chain(opened -> switch (opened) {
                    case AudioStore.Opened.Stream stream -> pipe(listener, playable, head, range, stream);
                    case AudioStore.Opened.Vanished gone -> Uni.createFrom().item(Sent.VANISHED);
                    case AudioStore.Opened.Unavailable away -> unavailable(playable, away);
                });
    }

    private Uni<Sent> pipe(
            Listener listener, Playable playable, AudioHead head, ByteRange range, AudioStore.Opened.Stream stream) {
        metrics.answered(outcome(head));
        begin(listener, head);
        AudioPipe pipe = new AudioPipe(listener.routing(), stream, range.length(), config, metrics);
        return streams.run(playable.recording().key(), pipe).replaceWith(Sent.DONE);
    }

    private static HttpServerResponse begin(Listener listener, AudioHead head) {
        HttpServerResponse response = listener.routing().response().setStatusCode(head.status());
        head.headers().forEach(response::putHeader);
        return response;
    }

    private static Uni<Sent> unavailable(Playable playable, AudioStore.Opened.Unavailable away) {
        MDC.put("tenant", playable.recording().key().tenant().value());
        MDC.put("recordingSid", playable.recording().key().recordingSid().value());
        LOG.warnf("The store did not give an object: %s", away.why());
        MDC.remove("tenant");
        MDC.remove("recordingSid");
        return Uni.createFrom().failure(Refusals.storeUnavailable());
    }

    private static Links links(Playable playable) {
        return Links.of(playable.recording().key().recordingSid());
    }

    private static String outcome(AudioHead head) {
        return switch (head.status()) {
            case 206 -> "partial";
            case 304 -> "not-modified";
            default -> "whole";
        };
    }
}
