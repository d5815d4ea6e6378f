package dev.earshot.gateway.peaks;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.recording.Sid;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a player draws. */
@Path("/api/recordings")
@Authenticated
@Tag(name = "Playback")
public class PeaksResource {
    private final Callers callers;
    private final PeaksAnswer answer;

    PeaksResource(Callers callers, PeaksAnswer answer) {
        this.callers = callers;
        this.answer = answer;
    }

    /** By recording or call SID, without any effect. */
    @GET
    @Path("/{sid}/peaks")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Gives a recording's waveform",
            description = "The loudest of each bucket of time, for each channel. Not every recording has one; asking"
                    + " for it fetches nothing.")
    public Uni<Response> get(@PathParam("sid") String segment, @HeaderParam("If-None-Match") List<String> ifNoneMatch) {
        Sid sid = Sids.parse(segment);
        Caller caller = callers.require(Role.PLAY);
        return answer.to(caller.tenant(), sid, String.join(", ", ifNoneMatch));
    }
}
