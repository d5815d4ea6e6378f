package dev.earshot.gateway.info;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.Sid;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is known about a recording. */
@Path("/api/recordings")
@Authenticated
@Tag(name = "Recordings")
public class InfoResource {
    private final Callers callers;
    private final Recordings recordings;

    InfoResource(Callers callers, Recordings recordings) {
        this.callers = callers;
        this.recordings = recordings;
    }

    /** By recording or call SID, without any effect. */
    @GET
    @Path("/{sid}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Tells what is known about a recording")
    public Uni<Response> get(@PathParam("sid") String segment) {
        Sid sid = Sids.parse(segment);
        Caller caller = callers.require(Role.PLAY);
        return recordings.find(caller.tenant(), sid).map(found -> answer(sid, found));
    }

    private static Response answer(Sid sid, Optional<Recording> found) {
        Recording recording = found.orElseThrow(() -> Problem.of(ProblemType.RECORDING_NOT_FOUND));
        if (recording.state() instanceof RecordingState.Deleted) {
            throw Problem.of(ProblemType.RECORDING_DELETED);
        }
        Response.ResponseBuilder answer = Response.ok(RecordingView.of(recording))
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization, Cookie");
        if (sid instanceof Sid.OfCall) {
            answer.header(
                    "Content-Location", Links.of(recording.key().recordingSid()).self());
        }
        return answer.build();
    }
}
