package dev.earshot.gateway.playback;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.recording.Sid;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audio, inline. */
@Path("/api/recordings")
@Authenticated
@Tag(name = "Playback")
public class PlaybackResource {
    private final Callers callers;
    private final Playback playback;

    PlaybackResource(Callers callers, Playback playback) {
        this.callers = callers;
        this.playback = playback;
    }

    /** By recording or call SID. */
    @GET
    @Path("/{sid}/stream")
    @Operation(summary = "Plays a recording", description = "By recording SID, or by call SID: the call's newest one.")
    @APIResponse(responseCode = "200", description = "The audio")
    @APIResponse(responseCode = "206", description = "The part that Range asks for")
    @APIResponse(responseCode = "202", description = "It is being fetched; ask again after Retry-After")
    @APIResponse(responseCode = "404", description = "Unknown, or another tenant's")
    @APIResponse(responseCode = "410", description = "Deleted, or too old to be fetched")
    @APIResponse(responseCode = "503", description = "It could not be fetched, or something is down")
    public Uni<Response> get(@PathParam("sid") String sid, @Context RoutingContext routing) {
        return listen(sid, routing, false);
    }

    /** The same head without the bytes; needs no call to the store. */
    @HEAD
    @Path("/{sid}/stream")
    @Operation(summary = "Tells what playing would answer")
    public Uni<Response> head(@PathParam("sid") String sid, @Context RoutingContext routing) {
        return listen(sid, routing, true);
    }

    /** The order of checking: 401 was before us, then 400, then 403. */
    private Uni<Response> listen(String segment, RoutingContext routing, boolean headOnly) {
        Sid sid = Sids.parse(segment);
        Caller caller = callers.listener(sid);
        return playback.answer(Listener.of(caller, sid, headOnly, routing));
    }
}
