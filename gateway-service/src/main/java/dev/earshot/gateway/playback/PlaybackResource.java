package dev.earshot.gateway.playback;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.AudioRoute;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audio: inline, as a file, or as text in JSON. */
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
    public Uni<Response> stream(@PathParam("sid") String sid, @Context RoutingContext routing) {
        return listen(sid, AudioRoute.STREAM, routing, false);
    }

    /** The same head without the bytes; needs no call to the store. */
    @HEAD
    @Path("/{sid}/stream")
    @Operation(summary = "Tells what playing would answer")
    public Uni<Response> streamHead(@PathParam("sid") String sid, @Context RoutingContext routing) {
        return listen(sid, AudioRoute.STREAM, routing, true);
    }

    /** As a file with a readable name. */
    @GET
    @Path("/{sid}/download")
    @Operation(
            summary = "Downloads a recording",
            description = "As playing does, with a file name in Content-Disposition. Ranges resume a broken download.")
    public Uni<Response> download(@PathParam("sid") String sid, @Context RoutingContext routing) {
        return listen(sid, AudioRoute.DOWNLOAD, routing, false);
    }

    /** The same head without the bytes. */
    @HEAD
    @Path("/{sid}/download")
    @Operation(summary = "Tells what downloading would answer")
    public Uni<Response> downloadHead(@PathParam("sid") String sid, @Context RoutingContext routing) {
        return listen(sid, AudioRoute.DOWNLOAD, routing, true);
    }

    /** As Base64 in JSON, for clients that can read nothing else. */
    @GET
    @Path("/{sid}/data")
    @Operation(
            summary = "Gives a recording as JSON",
            description =
                    "For clients that can read nothing else, and for small recordings alone; others use /download.")
    public Uni<Response> data(@PathParam("sid") String sid, @Context RoutingContext routing) {
        return listen(sid, AudioRoute.DATA, routing, false);
    }

    /** The same head without the body. */
    @HEAD
    @Path("/{sid}/data")
    @Operation(summary = "Tells what the JSON would answer")
    public Uni<Response> dataHead(@PathParam("sid") String sid, @Context RoutingContext routing) {
        return listen(sid, AudioRoute.DATA, routing, true);
    }

    /** The order of checking: 401 was before us, then 400, then 403. */
    private Uni<Response> listen(String segment, AudioRoute route, RoutingContext routing, boolean headOnly) {
        Sid sid = Sids.parse(segment);
        Caller caller = callers.listener(sid);
        return playback.answer(Listener.of(caller, sid, route, headOnly, routing));
    }
}
