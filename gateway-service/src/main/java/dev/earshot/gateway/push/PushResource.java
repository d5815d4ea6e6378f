package dev.earshot.gateway.push;

import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.caller.TokenExpiry;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changes of state, as they happen. */
@Path("/api/recordings/events")
@Authenticated
@Tag(name = "Recordings")
public class PushResource {
    private final Callers callers;
    private final TokenExpiry expiry;
    private final EventStreams streams;
    private final PushConfig config;

    PushResource(Callers callers, TokenExpiry expiry, EventStreams streams, PushConfig config) {
        this.callers = callers;
        this.expiry = expiry;
        this.streams = streams;
        this.config = config;
    }

    /** By recording SIDs, or the whole tenant. */
    @GET
    @Operation(
            summary = "Tells every change of state as Server-Sent Events",
            description =
                    "Each recording's current state comes first, then every change. Without sid the whole tenant is"
                            + " watched: the event refresh asks to list, then every change comes. The event reconnect ends"
                            + " the stream.")
    public Uni<Response> get(@QueryParam("sid") List<String> sids, @Context RoutingContext routing) {
        Set<RecordingSid> watched = watched(sids, routing);
        Caller caller = callers.require(Role.PLAY);
        return streams.send(caller.tenant(), watched, expiry.instant(), routing);
    }

    /** The same head; without this a HEAD would be held for ever. */
    @HEAD
    @Operation(summary = "Tells whether events may be read")
    public Response head(@QueryParam("sid") List<String> sids, @Context RoutingContext routing) {
        var unused = watched(sids, routing);
        callers.require(Role.PLAY);
        return Response.ok()
                .type(MediaType.SERVER_SENT_EVENTS_TYPE)
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization, Cookie")
                .build();
    }

    /** An empty sid is a mistake: it must not open the stream of the whole tenant. */
    private Set<RecordingSid> watched(List<String> sids, RoutingContext routing) {
        if (sids.isEmpty() && routing.queryParams().contains("sid")) {
            throw Problem.of(ProblemType.MALFORMED_SID);
        }
        Set<RecordingSid> watched = new LinkedHashSet<>();
        sids.forEach(sid -> watched.add(Sids.recording(sid)));
        if (watched.size() > config.maxRecordings()) {
            throw Problem.of(ProblemType.INVALID_REQUEST, "sid: " + config.maxRecordings() + " at most");
        }
        return watched;
    }
}
