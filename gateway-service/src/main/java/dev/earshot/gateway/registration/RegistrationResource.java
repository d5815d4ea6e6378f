package dev.earshot.gateway.registration;

import dev.earshot.events.AccountSid;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.info.RecordingView;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.Registration;
import dev.earshot.gateway.recording.Registration.Outcome;
import dev.earshot.gateway.tenant.Accounts;
import dev.earshot.gateway.tenant.Owner;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Registers what a client knows of a recording. */
@Path("/api/recordings")
@Authenticated
@Tag(name = "Recordings")
public class RegistrationResource {
    private final Callers callers;
    private final Accounts accounts;
    private final Recordings recordings;
    private final Clock clock;

    RegistrationResource(Callers callers, Accounts accounts, Recordings recordings, Clock clock) {
        this.callers = callers;
        this.accounts = accounts;
        this.recordings = recordings;
        this.clock = clock;
    }

    /** Idempotent: told twice it is the same, and what was missing is added. */
    @PUT
    @Path("/{sid}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Registers a recording")
    public Uni<Response> put(@PathParam("sid") String segment, String body) {
        RecordingSid sid = Sids.recording(segment);
        RegistrationBody told = RegistrationBody.parse(body, clock.instant());
        Caller caller = callers.require(Role.WRITE, Role.OPERATOR);
        requireAllowed(caller, told.accountSid());
        return recordings
                .register(new Registration(
                        new RecordingKey(caller.tenant(), sid),
                        told.accountSid(),
                        told.callSid(),
                        told.facts(),
                        Registration.News.NONE,
                        false))
                .map(RegistrationResource::answer);
    }

    /** From configuration alone, so that the answer tells nothing of what is registered. */
    private void requireAllowed(Caller caller, AccountSid account) {
        boolean allowed = accounts.ownerOf(account)
                .map(owner -> switch (owner) {
                    case Owner.OfTenant of -> of.tenant().equals(caller.tenant());
                    case Owner.Shared shared -> caller.has(Role.OPERATOR);
                })
                .orElse(false);
        if (!allowed) {
            throw Problem.of(ProblemType.ACCOUNT_NOT_ALLOWED);
        }
    }

    private static Response answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Created created ->
                shown(
                        // As text: JAX-RS would put the Host header, which anybody can choose, before a URI.
                        Response.status(Response.Status.CREATED)
                                .header(
                                        "Location",
                                        Links.of(created.recording().key().recordingSid())
                                                .self()),
                        created.recording());
            case Outcome.Known known -> shown(Response.ok(), known.recording());
            case Outcome.Conflicting conflicting ->
                throw Problem.of(ProblemType.REGISTRATION_CONFLICT, "another " + conflicting.field())
                        .member("field", conflicting.field());
            case Outcome.Gone gone -> throw Problem.of(ProblemType.RECORDING_DELETED);
        };
    }

    private static Response shown(Response.ResponseBuilder answer, dev.earshot.gateway.recording.Recording recording) {
        return answer.entity(RecordingView.of(recording))
                .header("Cache-Control", "no-store")
                .build();
    }
}
