package dev.earshot.gateway.playback;

import dev.earshot.gateway.access.AccessAudit;
import dev.earshot.gateway.http.RequestSpans;
import dev.earshot.gateway.played.LastPlayed;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Playability;
import dev.earshot.gateway.recording.Playability.Expired;
import dev.earshot.gateway.recording.Playability.Gone;
import dev.earshot.gateway.recording.Playability.Playable;
import dev.earshot.gateway.recording.Playability.Preparing;
import dev.earshot.gateway.recording.Playability.Unavailable;
import dev.earshot.gateway.recording.Playability.Unknown;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.Sid;
import dev.earshot.gateway.shutdown.Draining;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a request to listen to its answer: the table of statuses from 404 on, in its order. */
@ApplicationScoped
class Playback {
    private static final int NOT_FOUND = 404;

    private final Recordings recordings;
    private final Draining draining;
    private final AudioAnswer audio;
    private final RedirectAnswer redirect;
    private final DataAnswer data;
    private final PlaybackConfig config;
    private final PlaybackMetrics metrics;
    private final LastPlayed lastPlayed;
    private final AccessAudit audit;
    private final Asked asked;

    Playback(
            Recordings recordings,
            Draining draining,
            AudioAnswer audio,
            RedirectAnswer redirect,
            DataAnswer data,
            PlaybackConfig config,
            PlaybackMetrics metrics,
            LastPlayed lastPlayed,
            AccessAudit audit,
            Asked asked) {
        this.recordings = recordings;
        this.draining = draining;
        this.audio = audio;
        this.redirect = redirect;
        this.data = data;
        this.config = config;
        this.metrics = metrics;
        this.audit = audit;
        this.asked = asked;
        this.lastPlayed = lastPlayed;
    }

    Uni<Response> answer(Listener listener) {
        RequestSpans.of(listener.routing()).tenant(listener.tenant());
        Optional<Duration> wait = Prefer.waitAtMost(listener.preferences(), config.maxWait());
        return ask(listener, wait)
                .emitOn(listener.onConnection())
                .invoke(found -> found.ifPresent(now -> asked.told(listener.headOnly(), listener.range(), now)))
                .chain(found -> found.map(now -> tell(listener, now, wait, true))
                        .orElseGet(() -> Uni.createFrom().nullItem()))
                .onFailure(Problem.class)
                .invoke(problem -> metrics.answered(((Problem) problem).type().code()));
    }

    /**
     * A drain lets waiters go with what is true now; nobody's player notices, it asks again elsewhere.
     *
     * @return empty if the listener left while the answer was held: there is nobody to tell
     */
    private Uni<Optional<Playability>> ask(Listener listener, Optional<Duration> wait) {
        Uni<Optional<Playability>> now = Uni.createFrom()
                .deferred(() -> recordings.ask(listener.tenant(), listener.sid(), listener.traceparent()))
                .map(Optional::of);
        if (wait.isEmpty() || draining.begun()) {
            return now;
        }
        Uni<Optional<Playability>> held = recordings
                .askAndWait(listener.tenant(), listener.sid(), listener.traceparent(), wait.get())
                .map(Optional::of);
        Uni<Optional<Playability>> released =
                draining.begins().emitOn(listener.onConnection()).chain(ignored -> now);
        return Uni.combine().any().of(held, released, listener.left().map(ignored -> Optional.<Playability>empty()));
    }

    /** @param again whether a vanished object may lead to another answer; once is enough */
    private Uni<Response> tell(Listener listener, Playability found, Optional<Duration> wait, boolean again) {
        return switch (found) {
            case Unknown unknown -> Uni.createFrom().failure(Refusals.unknown());
            case Playable playable -> play(listener, playable, wait, again);
            case Preparing preparing ->
                listener.notReadyStatus() == NOT_FOUND
                        ? Uni.createFrom().failure(notReady(listener, preparing.recording(), wait))
                        : Uni.createFrom().item(preparing(listener, preparing.recording(), wait));
            case Unavailable unavailable -> Uni.createFrom().failure(Refusals.unavailable(unavailable));
            case Expired expired -> Uni.createFrom().failure(Refusals.expired());
            case Gone gone -> Uni.createFrom().failure(Refusals.gone());
        };
    }

    private Uni<Response> play(Listener listener, Playable playable, Optional<Duration> wait, boolean again) {
        if (!listener.headOnly()) {
            lastPlayed.began(playable.recording().key());
        }
        return send(listener, playable, applied(wait))
                .onItemOrFailure()
                .invoke((sent, refusal) -> tellAudit(listener, playable, sent, refusal))
                .chain(sent -> switch (sent) {
                    case DONE -> Uni.createFrom().nullItem();
                    case VANISHED -> vanished(listener, playable.recording(), wait, again);
                });
    }

    private void tellAudit(
            Listener listener, Playable playable, AudioAnswer.@Nullable Sent sent, @Nullable Throwable refusal) {
        if (sent != AudioAnswer.Sent.VANISHED) {
            audit.ended(
                    listener.caller(), playable.recording().key(), listener.routing(), listener.traceparent(), refusal);
        }
    }

    private Uni<AudioAnswer.Sent> send(Listener listener, Playable playable, Optional<String> preferenceApplied) {
        return switch (listener.route()) {
            case STREAM, DOWNLOAD ->
                redirect.isFor(listener)
                        ? redirect.send(listener, playable, preferenceApplied)
                        : audio.send(listener, playable, preferenceApplied);
            case DATA -> data.send(listener, playable, preferenceApplied);
        };
    }

    private Uni<Response> vanished(Listener listener, Recording recording, Optional<Duration> wait, boolean again) {
        if (!again) {
            return Uni.createFrom().failure(Refusals.storeUnavailable());
        }
        return recordings
                .vanished(recording.key(), recording.generation(), listener.traceparent())
                .emitOn(listener.onConnection())
                .chain(now -> now.map(found -> tell(listener, found, wait, false))
                        .orElseGet(() -> Uni.createFrom().failure(Refusals.storeUnavailable())));
    }

    private Response preparing(Listener listener, Recording recording, Optional<Duration> wait) {
        metrics.answered("preparing");
        PreparingBody body = PreparingBody.of(recording);
        Response.ResponseBuilder answer = Response.accepted(body)
                .type(MediaType.APPLICATION_JSON)
                .header(
                        "Retry-After",
                        body.retryAfter(recording.readAt(), config.retryAfter()).toSeconds())
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization, Cookie");
        if (listener.sid() instanceof Sid.OfCall) {
            answer.header(
                    "Content-Location", listener.route().path(recording.key().recordingSid()));
        }
        applied(wait).ifPresent(value -> answer.header("Preference-Applied", value));
        return answer.build();
    }

    /** A 202 as those know it who repeat nothing but 404. */
    private Problem notReady(Listener listener, Recording recording, Optional<Duration> wait) {
        PreparingBody body = PreparingBody.of(recording);
        Problem problem = Problem.of(ProblemType.RECORDING_NOT_READY)
                .retryAfter(body.retryAfter(recording.readAt(), config.retryAfter()))
                .header("Vary", "Authorization, Cookie")
                .member("recordingSid", body.recordingSid())
                .member("state", body.state())
                .member("attempt", body.attempt())
                .member("links", body.links());
        if (body.nextAttemptAt().isPresent()) {
            problem = problem.member("nextAttemptAt", body.nextAttemptAt().get());
        }
        if (listener.sid() instanceof Sid.OfCall) {
            problem = problem.header(
                    "Content-Location", listener.route().path(recording.key().recordingSid()));
        }
        return applied(wait).isPresent()
                ? problem.header("Preference-Applied", applied(wait).get())
                : problem;
    }

    private static Optional<String> applied(Optional<Duration> wait) {
        return wait.map(held -> "wait=" + held.toSeconds());
    }
}
