package dev.earshot.gateway.reconcile;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.access.AdministrationAudit;
import dev.earshot.gateway.access.AdministrationAudit.Action;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.JsonBody;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.reconcile.Reconciliation.Wanted;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/** Compares store and rows for an operator. */
@Path("/api/admin/reconcile")
@Authenticated
@Tag(name = "Administration")
public class ReconcileResource {
    private static final String LINES = "application/x-ndjson";

    private final Callers callers;
    private final Reconciler reconciler;
    private final AdministrationAudit audit;

    ReconcileResource(Callers callers, Reconciler reconciler, AdministrationAudit audit) {
        this.callers = callers;
        this.reconciler = reconciler;
        this.audit = audit;
    }

    /** Runs for as long as somebody reads; the last line is a summary, or says what ended it. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(LINES)
    @Operation(
            summary = "Compares the store with the rows",
            description = "Body: {\"fix\": false, \"tenant\": \"acme\"}, both optional. One JSON object a line.")
    public RestMulti<Map<String, Object>> post(String body, @Context UriInfo uri) {
        if (!uri.getQueryParameters().isEmpty()) {
            throw Problem.of(ProblemType.INVALID_REQUEST, "there are no parameters; fix and tenant stand in the body");
        }
        JsonBody told = JsonBody.readOptional(body, "fix", "tenant");
        Wanted wanted = new Wanted(
                told.flag("fix"),
                told.has("tenant")
                        ? Optional.of(new Tenant(told.text("tenant", "a tenant's name", Tenant::isValid)))
                        : Optional.empty());
        Callers.Administrator who = callers.requireOperator(wanted.tenant());
        Action action = Action.of(who, "reconcile").with("fix", wanted.fix());
        return RestMulti.fromUniResponse(
                reconciler.begin().onFailure().invoke(failure -> audit.failed(action, failure)),
                holder ->
                        reconciler.run(holder, wanted, (outcome, tally) -> audit.told(action, outcome, counts(tally))));
    }

    private static Map<String, Long> counts(Tally tally) {
        return Map.of(
                "findings",
                tally.findings(),
                "mended",
                tally.actions().getOrDefault(Finding.Action.DELETED.code(), 0L)
                        + tally.actions().getOrDefault(Finding.Action.FETCHED_ANEW.code(), 0L));
    }
}
