package dev.earshot.gateway.prefetch;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.http.Traces;
import dev.earshot.gateway.info.RecordingView;
import dev.earshot.gateway.playback.Refusals;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Playability;
import dev.earshot.gateway.recording.Prefetches;
import dev.earshot.gateway.recording.Prefetches.Marked;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.Sid;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Has one recording fetched before anybody listens. */
@Path("/api/recordings")
@Authenticated
@Tag(name = "Prefetch")
public class PrefetchResource {
    private final Callers callers;
    private final Prefetches prefetches;
    private final Recordings recordings;

    PrefetchResource(Callers callers, Prefetches prefetches, Recordings recordings) {
        this.callers = callers;
        this.prefetches = prefetches;
        this.recordings = recordings;
    }

    /** Idempotent: what is under way or ready is left as it is. */
    @POST
    @Path("/{sid}/prefetch")
    // Of a request without a body many clients say that it is a form.
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Prefetches a recording",
            description =
                    "By recording SID, or by call SID: the call's newest one. The body may be left out; an operator's"
                            + " {\"anyAge\":true} overrides the playback window.")
    public Uni<Response> prefetch(
            @PathParam("sid") String segment,
            @Nullable String body,
            @Context HttpHeaders headers,
            @Context RoutingContext routing) {
        Sid sid = Sids.parse(segment);
        requireJson(body, headers.getMediaType());
        PrefetchBody told = PrefetchBody.ofOne(body);
        Caller caller = told.allowed(callers);
        Prefetches.Wanted wanted = new Prefetches.Wanted(told.anyAge(), Traces.parent(routing.request()));
        return prefetches
                .prefetch(caller.tenant(), List.of(sid), wanted)
                .map(marked -> recording(marked.getFirst()))
                .chain(recording -> now(recording).map(now -> answer(sid, now)));
    }

    private static void requireJson(@Nullable String body, @Nullable MediaType type) {
        if (body != null && !body.isEmpty() && !MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    private static Recording recording(Marked marked) {
        return switch (marked.found()) {
            case Playability.Preparing preparing -> preparing.recording();
            case Playability.Playable playable -> playable.recording();
            case Playability.Unknown unknown -> throw refused(unknown);
            case Playability.Unavailable unavailable -> throw refused(unavailable);
            case Playability.Expired expired -> throw refused(expired);
            case Playability.Gone gone -> throw refused(gone);
        };
    }

    private static Problem refused(Playability found) {
        return Refusals.of(found).orElseThrow();
    }

    /** As it has become by being marked. */
    private Uni<Recording> now(Recording before) {
        return recordings
                .find(before.key().tenant(), new Sid.OfRecording(before.key().recordingSid()))
                .map(found -> found.orElse(before));
    }

    private static Response answer(Sid sid, Recording recording) {
        Response.ResponseBuilder answer = Response.accepted(RecordingView.of(recording))
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization, Cookie");
        if (sid instanceof Sid.OfCall) {
            answer.header(
                    "Content-Location", Links.of(recording.key().recordingSid()).self());
        }
        return answer.build();
    }
}
