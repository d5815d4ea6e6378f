package dev.earshot.gateway.administration;

import dev.earshot.events.AccountSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.access.AdministrationAudit;
import dev.earshot.gateway.access.AdministrationAudit.Action;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.http.Answers;
import dev.earshot.gateway.http.JsonBody;
import dev.earshot.gateway.http.Query;
import dev.earshot.gateway.http.Traces;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.PrefetchRange;
import dev.earshot.gateway.recording.PrefetchRange.Range;
import dev.earshot.gateway.recording.Prefetches;
import dev.earshot.gateway.tenant.Accounts;
import dev.earshot.gateway.tenant.Owner;
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
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Has the recordings of a span of time fetched before anybody listens. */
@Path("/api/admin/prefetch")
@Authenticated
@Tag(name = "Administration")
public class PrefetchRangeResource {
    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Callers callers;
    private final Accounts accounts;
    private final PrefetchRange ranges;
    private final Prefetches prefetches;
    private final AdministrationAudit audit;

    PrefetchRangeResource(
            Callers callers,
            Accounts accounts,
            PrefetchRange ranges,
            Prefetches prefetches,
            AdministrationAudit audit) {
        this.callers = callers;
        this.accounts = accounts;
        this.ranges = ranges;
        this.prefetches = prefetches;
        this.audit = audit;
    }

    /** Asked again it finds what was not marked yet. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Has the known recordings of a span of time fetched",
            description = "The newest first, in the own tenant; an operator names the tenant, or an account that is one"
                    + " tenant's. Within the playback window, unless an operator says anyAge.")
    public Uni<Response> post(String body, @Context HttpServerRequest request) {
        JsonBody told = JsonBody.read(body, "tenant", "accountSid", "from", "to", "limit", "anyAge", "dryRun");
        Optional<AccountSid> account = told.has("accountSid")
                ? Optional.of(
                        new AccountSid(told.text("accountSid", "AC and 32 hexadecimal digits", AccountSid::isValid)))
                : Optional.empty();
        Optional<Tenant> named = told.has("tenant")
                ? Optional.of(new Tenant(told.text("tenant", "a tenant's name", Tenant::isValid)))
                : Optional.empty();
        Instant from = told.instant("from", FIRST, LAST).orElseThrow(() -> Query.invalid("from is missing"));
        Instant to = told.instant("to", FIRST, LAST).orElseThrow(() -> Query.invalid("to is missing"));
        if (!from.isBefore(to)) {
            throw Query.invalid("from must lie before to");
        }
        int limit = told.integer("limit", 1, MOST).orElse(USUAL);
        boolean dryRun = told.flag("dryRun");
        boolean anyAge = told.flag("anyAge");
        Callers.Administrator who = callers.requireAdministrator(named);
        if (anyAge && !who.isOperator()) {
            throw Problem.of(ProblemType.ROLE_MISSING, Role.OPERATOR.claim() + " is needed for anyAge");
        }
        Range range = new Range(tenant(who, account), account, from, to, anyAge);
        return audit.during(
                        action(who, range, limit, dryRun),
                        prefetch(range, limit, dryRun, new Prefetches.Wanted(anyAge, Traces.parent(request))),
                        done -> Map.of("matched", done.matched(), "accepted", done.accepted()))
                .map(Answers::shown);
    }

    /** The tenant that was asked for, or the one that has the account; who has no say over it learns nothing of it. */
    private Tenant tenant(Callers.Administrator who, Optional<AccountSid> account) {
        if (account.isEmpty()) {
            return who.scope().orElseThrow(() -> Query.invalid("tenant or accountSid is missing"));
        }
        Owner owner = accounts.ownerOf(account.get()).orElseThrow(() -> Problem.of(ProblemType.ACCOUNT_NOT_ALLOWED));
        return switch (owner) {
            case Owner.OfTenant own -> {
                if (who.scope().isPresent() && !who.scope().get().equals(own.tenant())) {
                    throw Problem.of(ProblemType.ACCOUNT_NOT_ALLOWED);
                }
                yield own.tenant();
            }
            case Owner.Shared shared ->
                who.scope().orElseThrow(() -> Query.invalid("tenant is missing: the account is shared"));
        };
    }

    private Uni<PrefetchRangeView> prefetch(Range range, int limit, boolean dryRun, Prefetches.Wanted wanted) {
        return ranges.count(range)
                .chain(matched -> (dryRun ? Uni.createFrom().item(0L) : mark(range, limit, wanted))
                        .map(accepted ->
                                new PrefetchRangeView(range.tenant().value(), matched, accepted, dryRun, limit)));
    }

    private Uni<Long> mark(Range range, int limit, Prefetches.Wanted wanted) {
        return ranges.choose(range, limit)
                .chain(sids -> prefetches.prefetch(range.tenant(), sids, wanted))
                .map(marked -> marked.stream().filter(Prefetches.Marked::begun).count());
    }

    private static Action action(Callers.Administrator who, Range range, int limit, boolean dryRun) {
        return Action.of(
                        new Callers.Administrator(Optional.of(range.tenant()), who.isOperator(), who.subject()),
                        "prefetch")
                .with("accountSid", range.account().map(AccountSid::value))
                .with("from", range.from())
                .with("to", range.to())
                .with("anyAge", range.anyAge())
                .with("limit", limit)
                .with("dryRun", dryRun);
    }
}
