package dev.earshot.gateway.administration;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Told;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
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
import java.util.List;
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

    private final Callers callers;
    private final Administration administration;

    AdministrationResource(Callers callers, Administration administration) {
        this.callers = callers;
        this.administration = administration;
    }

    /** What has failed, by reason. */
    @GET
    @Path("/failures")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Counts failures by reason",
            description = "In the own tenant; for an operator in all, or in the one that tenant names.")
    public Uni<Response> failures(@Context UriInfo uri) {
        Map<String, List<String>> told = known(uri, "tenant");
        Callers.Administrator who = callers.requireAdministrator(tenant(told));
        return administration.failures(who.scope()).map(found -> shown(FailuresView.of(found)));
    }

    /** What is stored, and its growth. */
    @GET
    @Path("/storage")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Tells what is stored and how it grew",
            description = "In the own tenant; for an operator in all, or in the one that tenant names.")
    public Uni<Response> storage(@Context UriInfo uri) {
        Map<String, List<String>> told = known(uri, "tenant", "days");
        int days = value(told, "days").map(AdministrationResource::days).orElse(USUAL_DAYS);
        Callers.Administrator who = callers.requireAdministrator(tenant(told));
        return administration.storage(who.scope(), days).map(found -> shown(StorageView.of(found)));
    }

    private static Response shown(Object view) {
        return Response.ok(view)
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization, Cookie")
                .build();
    }

    private static Map<String, List<String>> known(UriInfo uri, String... names) {
        uri.getQueryParameters().forEach((name, values) -> {
            if (!List.of(names).contains(name)) {
                throw invalid("there is an unknown parameter " + Told.shown(name) + "; known are "
                        + String.join(", ", names));
            }
            if (values.size() > 1) {
                throw invalid(name + " comes twice");
            }
        });
        return uri.getQueryParameters();
    }

    private static Optional<String> value(Map<String, List<String>> told, String name) {
        return Optional.ofNullable(told.get(name)).map(List::getFirst);
    }

    private static Optional<Tenant> tenant(Map<String, List<String>> told) {
        return value(told, "tenant").map(text -> {
            if (!Tenant.isValid(text)) {
                throw invalid("tenant must be a tenant's name");
            }
            return new Tenant(text);
        });
    }

    private static int days(String text) {
        int days = text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > MOST_DAYS) {
            throw invalid("days must be a whole number from 1 to " + MOST_DAYS);
        }
        return days;
    }

    private static Problem invalid(String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, detail);
    }
}
