package dev.earshot.gateway.backfill;

import dev.earshot.events.AccountSid;
import dev.earshot.gateway.access.AdministrationAudit;
import dev.earshot.gateway.access.AdministrationAudit.Action;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.discovery.Backfill;
import dev.earshot.gateway.discovery.BackfillConfig;
import dev.earshot.gateway.discovery.Backfills;
import dev.earshot.gateway.http.JsonBody;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.tenant.Accounts;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Backfills: the recordings of one account in one span of time are listed, and what is unknown is registered. */
@Path("/api/admin/backfills")
@Authenticated
@Tag(name = "Operation")
public class BackfillResource {
    /** Before Twilio there was nothing to record. */
    private static final Instant EARLIEST = Instant.parse("2008-01-01T00:00:00Z");
    /** How far an operator's clock may be ahead of ours, and a day that has not ended yet. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Callers callers;
    private final Accounts accounts;
    private final Backfills backfills;
    private final BackfillConfig config;
    private final Clock clock;
    private final AdministrationAudit audit;

    BackfillResource(
            Callers callers,
            Accounts accounts,
            Backfills backfills,
            BackfillConfig config,
            Clock clock,
            AdministrationAudit audit) {
        this.callers = callers;
        this.accounts = accounts;
        this.backfills = backfills;
        this.config = config;
        this.clock = clock;
        this.audit = audit;
    }

    /** Its commit is the promise: from then on it goes on whatever process dies. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Has an account listed, and registers what is unknown")
    public Uni<Response> post(String body) {
        JsonBody json = JsonBody.read(body, "accountSid", "from", "to");
        AccountSid account =
                new AccountSid(json.text("accountSid", "AC and 32 hexadecimal digits", AccountSid::isValid));
        Instant latest = clock.instant().plus(AHEAD);
        Instant from = json.instant("from", EARLIEST, latest).orElseThrow(() -> invalid("from is missing"));
        Instant to = json.instant("to", EARLIEST, latest).orElseThrow(() -> invalid("to is missing"));
        if (!from.isBefore(to) || from.plus(config.longestSpan()).isBefore(to)) {
            throw invalid("to must lie after from, and by no more than "
                    + config.longestSpan().toDays() + " days");
        }
        Callers.Administrator who = callers.requireOperator(Optional.empty());
        if (accounts.ownerOf(account).isEmpty()) {
            throw Problem.of(ProblemType.ACCOUNT_NOT_ALLOWED, "the account is not configured");
        }
        Action action = Action.of(who, "backfill")
                .with("accountSid", account.value())
                .with("from", from)
                .with("to", to);
        return audit.during(action, backfills.create(account, from, to), created -> Map.of())
                .map(created -> Response.accepted(BackfillView.of(created))
                        .header("Location", "/api/admin/backfills/" + created.id())
                        .header("Cache-Control", "no-store")
                        .build());
    }

    /** How far it is. */
    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Tells how far a backfill is")
    public Uni<Response> get(@PathParam("id") String id) {
        callers.requireOperator();
        if (!ID.matcher(id).matches()) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return backfills
                .find(UUID.fromString(id))
                .map(found -> found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)))
                .map(BackfillResource::shown);
    }

    private static Response shown(Backfill backfill) {
        return Response.ok(BackfillView.of(backfill))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Problem invalid(String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, detail);
    }
}
