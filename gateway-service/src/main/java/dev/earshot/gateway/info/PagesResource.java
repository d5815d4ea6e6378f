package dev.earshot.gateway.info;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.recording.PageQuery;
import dev.earshot.gateway.recording.Pages;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The tenant's recordings. */
@Path("/api/recordings")
@Authenticated
@Tag(name = "Recordings")
public class PagesResource {
    private final Callers callers;
    private final Pages pages;
    private final PagesConfig config;

    PagesResource(Callers callers, Pages pages, PagesConfig config) {
        this.callers = callers;
        this.pages = pages;
        this.config = config;
    }

    /** Newest first, without any effect. What is deleted is not listed. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Lists recordings",
            description =
                    "Newest first, by when they started, or became known where that is not known. Follow next until"
                            + " there is none; what is added meanwhile moves nothing.")
    public Uni<Response> list(@Context UriInfo uri) {
        PageQuery query = PageParameters.parse(uri.getQueryParameters(), config);
        Caller caller = callers.require(Role.PLAY);
        // One more tells whether there is another page.
        PageQuery oneMore = new PageQuery(query.filter(), query.after(), query.atMost() + 1);
        return pages.page(caller.tenant(), oneMore)
                .map(found -> Response.ok(PageView.of(query, found))
                        .header("Cache-Control", "no-store")
                        .header("Vary", "Authorization, Cookie")
                        .build());
    }
}
