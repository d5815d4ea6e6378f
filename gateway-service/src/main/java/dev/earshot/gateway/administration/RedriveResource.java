package dev.earshot.gateway.administration;

import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.access.AdministrationAudit;
import dev.earshot.gateway.access.AdministrationAudit.Action;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Answers;
import dev.earshot.gateway.http.JsonBody;
import dev.earshot.gateway.http.Query;
import dev.earshot.gateway.http.Traces;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Administration;
import dev.earshot.gateway.recording.Administration.Redrive;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Has failed recordings fetched again. */
@Path("/api/admin/redrive")
@Authenticated
@Tag(name = "Administration")
public class RedriveResource {
    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Callers callers;
    private final Administration administration;
    private final AdministrationAudit audit;

    RedriveResource(Callers callers, Administration administration, AdministrationAudit audit) {
        this.callers = callers;
        this.administration = administration;
        this.audit = audit;
    }

    /** What it marks is a promise from then on; asked again it finds only what failed since. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Has failed recordings fetched again",
            description =
                    "Those that failed for good only if they are named, or with includeFinal. In the own tenant, and within"
                            + " its playback window; for an operator in all, or in the one that tenant names, whatever"
                            + " their age.")
    public Uni<Response> post(String body, @Context HttpServerRequest request) {
        JsonBody told = JsonBody.readOptional(
                body, "reason", "recordingSids", "from", "to", "tenant", "limit", "includeFinal", "dryRun");
        Optional<Tenant> tenant = told.has("tenant")
                ? Optional.of(new Tenant(told.text("tenant", "a tenant's name", Tenant::isValid)))
                : Optional.empty();
        Redrive named = wanted(told, request);
        Callers.Administrator who = callers.requireAdministrator(tenant);
        Redrive wanted = named.in(who.scope(), who.isOperator());
        return audit.during(
                        action(who, wanted),
                        administration.redrive(wanted),
                        done -> Map.of("matched", done.matched(), "redriven", done.redriven()))
                .map(done -> Answers.shown(RedriveView.of(done, wanted.dryRun(), wanted.atMost())));
    }

    private static Redrive wanted(JsonBody told, HttpServerRequest request) {
        Optional<FailureReason> reason = told.has("reason")
                ? Query.reason(told.text(
                        "reason",
                        "a reason of failures",
                        text -> Query.reason(text).isPresent()))
                : Optional.empty();
        List<RecordingSid> sids = told.has("recordingSids")
                ? told.texts("recordingSids", "RE and 32 hexadecimal digits", RecordingSid::isValid, MOST).stream()
                        .map(RecordingSid::new)
                        .toList()
                : List.of();
        Optional<Instant> from = told.instant("from", FIRST, LAST);
        Optional<Instant> to = told.instant("to", FIRST, LAST);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw Problem.of(ProblemType.INVALID_REQUEST, "from must lie before to");
        }
        return new Redrive(
                Optional.empty(),
                false,
                reason,
                sids,
                from,
                to,
                told.flag("includeFinal") || !sids.isEmpty(),
                told.integer("limit", 1, MOST).orElse(USUAL),
                told.flag("dryRun"),
                Traces.parent(request));
    }

    private static Action action(Callers.Administrator who, Redrive wanted) {
        return Action.of(who, "redrive")
                .with("reason", wanted.reason().map(FailureReason::code))
                .with("recordingSids", wanted.sids().size())
                .with("from", wanted.from())
                .with("to", wanted.to())
                .with("includeFinal", wanted.includeFinal())
                .with("limit", wanted.atMost())
                .with("dryRun", wanted.dryRun());
    }
}
