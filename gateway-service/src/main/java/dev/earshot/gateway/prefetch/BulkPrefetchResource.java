package dev.earshot.gateway.prefetch;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Traces;
import dev.earshot.gateway.recording.Prefetches;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Has many recordings fetched before anybody listens. */
@Path("/api/prefetch")
@Authenticated
@Tag(name = "Prefetch")
public class BulkPrefetchResource {
    private final Callers callers;
    private final Prefetches prefetches;
    private final BulkPrefetchConfig config;

    BulkPrefetchResource(Callers callers, Prefetches prefetches, BulkPrefetchConfig config) {
        this.callers = callers;
        this.prefetches = prefetches;
        this.config = config;
    }

    /** What is refused is told by SID and refuses nothing else. Idempotent. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Prefetches many recordings",
            description =
                    "{\"sids\":[…]} with recording or call SIDs. An operator's \"anyAge\":true overrides the playback"
                            + " window.")
    public Uni<Response> prefetch(@Nullable String body, @Context RoutingContext routing) {
        PrefetchBody told = PrefetchBody.ofMany(body, config.maxSids());
        Caller caller = told.allowed(callers);
        Prefetches.Wanted wanted = new Prefetches.Wanted(told.anyAge(), Traces.parent(routing.request()));
        return prefetches
                .prefetch(caller.tenant(), told.sids(), wanted)
                .map(marked -> Response.accepted(PrefetchView.of(marked))
                        .header("Cache-Control", "no-store")
                        .header("Vary", "Authorization, Cookie")
                        .build());
    }
}
