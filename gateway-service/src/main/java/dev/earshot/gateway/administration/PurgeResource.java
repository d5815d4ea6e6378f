package dev.earshot.gateway.administration;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.access.AdministrationAudit;
import dev.earshot.gateway.access.AdministrationAudit.Action;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Answers;
import dev.earshot.gateway.http.JsonBody;
import dev.earshot.gateway.retention.TenantPurge;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Deletes everything that a tenant has. */
@Path("/api/admin/purge")
@Authenticated
@Tag(name = "Administration")
public class PurgeResource {
    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;

    private final Callers callers;
    private final TenantPurge purge;
    private final AdministrationAudit audit;

    PurgeResource(Callers callers, TenantPurge purge, AdministrationAudit audit) {
        this.callers = callers;
        this.purge = purge;
        this.audit = audit;
    }

    /** Not to be undone, so the name is asked for twice. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Deletes everything that a tenant has, a part at a time",
            description = "Each recording as by DELETE: tombstone, audio, event. Ask again until none remain. What is"
                    + " registered meanwhile is deleted too, so take the tenant's accounts away first.")
    public Uni<Response> post(String body) {
        JsonBody told = JsonBody.read(body, "tenant", "confirm", "limit", "dryRun");
        Tenant tenant = new Tenant(told.text("tenant", "a tenant's name", Tenant::isValid));
        boolean dryRun = told.flag("dryRun");
        if (told.has("confirm") || !dryRun) {
            String ignored = told.text("confirm", "the tenant's name once more", tenant.value()::equals);
        }
        int limit = told.integer("limit", 1, MOST).orElse(USUAL);
        Callers.Administrator who = callers.requireOperator(Optional.of(tenant));
        return audit.during(
                        Action.of(who, "purge").with("limit", limit).with("dryRun", dryRun),
                        dryRun ? purge.look(tenant) : purge.purge(tenant, limit),
                        done -> Map.of("deleted", done.deleted(), "remaining", done.remaining()))
                .map(done -> Answers.shown(PurgeView.of(tenant.value(), done, dryRun, limit)));
    }
}
