package dev.earshot.gateway.administration;

import dev.earshot.events.FailureReason;
import dev.earshot.gateway.access.AdministrationAudit;
import dev.earshot.gateway.access.AdministrationAudit.Action;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Answers;
import dev.earshot.gateway.http.Query;
import dev.earshot.gateway.recording.Administration;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What administrators look at. */
@Path("/api/admin")
@Authenticated
@Tag(name = "Administration")
public class AdministrationResource {
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;
    private static final int MOST_EXAMPLES = 20;

    private final Callers callers;
    private final Administration administration;
    private final AdministrationAudit audit;

    AdministrationResource(Callers callers, Administration administration, AdministrationAudit audit) {
        this.callers = callers;
        this.administration = administration;
        this.audit = audit;
    }

    /** What has failed, by reason. */
    @GET
    @Path("/failures")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Counts failures by reason",
            description = "In the own tenant; for an operator in all, or in the one that tenant names.")
    public Uni<Response> failures(@Context UriInfo uri) {
        Query query = Query.of(uri, "tenant", "reason", "examples");
        Optional<FailureReason> reason = query.reason();
        int examples = query.integer("examples", 0, MOST_EXAMPLES).orElse(0);
        Callers.Administrator who = callers.requireAdministrator(query.tenant());
        return audit.during(
                        Action.of(who, "failures").with("reason", reason.map(FailureReason::code)),
                        failures(who, reason, examples),
                        found -> Map.of("total", found.total()))
                .map(Answers::shown);
    }

    private Uni<FailuresView> failures(Callers.Administrator who, Optional<FailureReason> reason, int examples) {
        return administration
                .failures(who.scope())
                .map(all -> all.stream()
                        .filter(each -> reason.isEmpty() || each.reason() == reason.get())
                        .toList())
                .chain(found ->
                        administration.examples(who.scope(), examples).map(some -> FailuresView.of(found, some)));
    }

    /** What is stored, and its growth. */
    @GET
    @Path("/storage")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Tells what is stored and how it grew",
            description = "In the own tenant; for an operator in all, or in the one that tenant names.")
    public Uni<Response> storage(@Context UriInfo uri) {
        Query query = Query.of(uri, "tenant", "days");
        int days = query.integer("days", 1, MOST_DAYS).orElse(USUAL_DAYS);
        Callers.Administrator who = callers.requireAdministrator(query.tenant());
        return audit.during(
                        Action.of(who, "storage").with("days", days),
                        administration.storage(who.scope(), days).map(StorageView::of),
                        found -> Map.of("recordings", found.recordings()))
                .map(Answers::shown);
    }
}
