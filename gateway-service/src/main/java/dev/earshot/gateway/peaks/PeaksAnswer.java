package dev.earshot.gateway.peaks;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.playback.EntityTags;
import dev.earshot.gateway.playback.Refusals;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState.Deleted;
import dev.earshot.gateway.recording.RecordingState.Evicted;
import dev.earshot.gateway.recording.RecordingState.Failed;
import dev.earshot.gateway.recording.RecordingState.Fetching;
import dev.earshot.gateway.recording.RecordingState.Ready;
import dev.earshot.gateway.recording.RecordingState.Registered;
import dev.earshot.gateway.recording.RecordingState.Waiting;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.Sid;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/** From a request for peaks to its answer. The store is asked only about what is the caller's own and ready. */
@ApplicationScoped
class PeaksAnswer {
    /** The fetcher may still be computing them: as long as it gives one recording at most by default. */
    private static final Duration STILL_COMING = Duration.ofMinutes(10);

    private final Recordings recordings;
    private final PeaksStore store;

    PeaksAnswer(Recordings recordings, PeaksStore store) {
        this.recordings = recordings;
        this.store = store;
    }

    Uni<Response> to(Tenant tenant, Sid sid, String ifNoneMatch) {
        EntityTags known = EntityTags.parse(ifNoneMatch);
        return recordings.find(tenant, sid).chain(found -> answer(sid, found, known));
    }

    private Uni<Response> answer(Sid sid, Optional<Recording> found, EntityTags known) {
        Recording recording = found.orElseThrow(() -> Problem.of(ProblemType.RECORDING_NOT_FOUND));
        return switch (recording.state()) {
            case Ready ready -> ofReady(sid, recording, ready, known);
            case Fetching fetching -> Uni.createFrom().failure(absent(true));
            case Waiting waiting -> Uni.createFrom().failure(absent(true));
            case Registered registered -> Uni.createFrom().failure(absent(false));
            case Evicted evicted -> Uni.createFrom().failure(absent(false));
            case Failed failed -> Uni.createFrom().failure(absent(false));
            case Deleted deleted -> Uni.createFrom().failure(Problem.of(ProblemType.RECORDING_DELETED));
        };
    }

    /** Whoever names our tag has had the document, and it never changes: the store need not be asked. */
    private Uni<Response> ofReady(Sid sid, Recording recording, Ready ready, EntityTags known) {
        if (!known.any() && known.matchWeakly(etag(ready))) {
            return Uni.createFrom().item(notModified(sid, recording, ready));
        }
        return store.read(recording.key(), recording.generation())
                .onFailure()
                .transform(failure -> Refusals.storeUnavailable())
                .map(document -> document.map(json ->
                                known.any() ? notModified(sid, recording, ready) : whole(sid, recording, ready, json))
                        .orElseThrow(() -> absent(mayStillCome(recording, ready))));
    }

    private static boolean mayStillCome(Recording recording, Ready ready) {
        return recording.readAt().isBefore(ready.readyAt().plus(STILL_COMING));
    }

    private static Problem absent(boolean retryable) {
        Problem problem = Problem.of(ProblemType.PEAKS_ABSENT);
        return retryable ? problem.retryable() : problem;
    }

    private static Response whole(Sid sid, Recording recording, Ready ready, byte[] json) {
        return head(Response.ok(json, MediaType.APPLICATION_JSON_TYPE), sid, recording, ready);
    }

    private static Response notModified(Sid sid, Recording recording, Ready ready) {
        return head(Response.notModified(), sid, recording, ready);
    }

    private static Response head(Response.ResponseBuilder answer, Sid sid, Recording recording, Ready ready) {
        answer.header("ETag", etag(ready))
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization, Cookie");
        if (sid instanceof Sid.OfCall) {
            answer.header("Content-Location", Links.peaks(recording.key().recordingSid()));
        }
        return answer.build();
    }

    /** The same audio has the same peaks, until their form has another version. */
    private static String etag(Ready ready) {
        return "\"" + ready.object().sha256().hex() + "-peaks1\"";
    }
}
