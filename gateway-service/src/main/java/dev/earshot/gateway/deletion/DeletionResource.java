package dev.earshot.gateway.deletion;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Lifecycle;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingLog;
import dev.earshot.gateway.recording.RecordingLog.Keys;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.Sid;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Forgets a recording. */
@Path("/api/recordings")
@Authenticated
@Tag(name = "Recordings")
public class DeletionResource {
    private static final RecordingLog LOG = new RecordingLog(DeletionResource.class);

    private final Callers callers;
    private final Recordings recordings;
    private final Lifecycle lifecycle;

    DeletionResource(Callers callers, Recordings recordings, Lifecycle lifecycle) {
        this.callers = callers;
        this.recordings = recordings;
        this.lifecycle = lifecycle;
    }

    /**
     * The tombstone is committed before the answer; the stored audio and the event follow within seconds, whatever dies in
     * between. Repeated by recording SID it is 204 again: whoever repeats has lost our answer.
     */
    @DELETE
    @Path("/{sid}")
    @Operation(
            summary = "Deletes a recording for good",
            description = "By recording SID, or by call SID: the call's newest one that is not deleted, which"
                    + " Content-Location names. Twilio's copy is not touched.")
    public Uni<Response> delete(@PathParam("sid") String segment) {
        Sid sid = Sids.parse(segment);
        Caller caller = callers.require(Role.ADMIN);
        return recordings
                .find(caller.tenant(), sid)
                .map(DeletionResource::known)
                .call(recording -> delete(recording))
                .map(recording -> answer(sid, recording.key()));
    }

    private static Recording known(Optional<Recording> found) {
        return found.orElseThrow(() -> Problem.of(ProblemType.RECORDING_NOT_FOUND));
    }

    private Uni<Boolean> delete(Recording recording) {
        return lifecycle.delete(recording.key()).invoke(done -> {
            if (done) {
                LOG.info(Keys.of(recording), "Deleted by request");
            }
        });
    }

    private static Response answer(Sid sid, RecordingKey deleted) {
        Response.ResponseBuilder answer =
                Response.noContent().header("Cache-Control", "no-store").header("Vary", "Authorization, Cookie");
        if (sid instanceof Sid.OfCall) {
            answer.header("Content-Location", Links.of(deleted.recordingSid()).self());
        }
        return answer.build();
    }
}
