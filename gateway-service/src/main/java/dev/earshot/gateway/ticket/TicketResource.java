package dev.earshot.gateway.ticket;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.http.PublicUrlConfig;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.recording.Recordings;
import dev.earshot.gateway.recording.Sid;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Gives tickets to those who may listen. */
@Path("/api/recordings")
@Authenticated
@Tag(name = "Playback")
public class TicketResource {
    private final Callers callers;
    private final Recordings recordings;
    private final Tickets tickets;
    private final TicketLifetime lifetime;
    private final PublicUrlConfig publicUrl;
    private final Clock clock;
    private final MeterRegistry meters;

    TicketResource(
            Callers callers,
            Recordings recordings,
            Tickets tickets,
            TicketLifetime lifetime,
            PublicUrlConfig publicUrl,
            Clock clock,
            MeterRegistry meters) {
        this.callers = callers;
        this.recordings = recordings;
        this.tickets = tickets;
        this.lifetime = lifetime;
        this.publicUrl = publicUrl;
        this.clock = clock;
        this.meters = meters;
    }

    /** Whatever the recording's state, without any effect on it: what the URL answers is decided when it is opened. */
    @POST
    @Path("/{sid}/playback-ticket")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Gives a URL that plays a recording for a while without a token",
            description = "By recording SID, or by call SID: the ticket is for the call's newest recording of now.")
    public Uni<Response> issue(@PathParam("sid") String segment) {
        Sid sid = Sids.parse(segment);
        Caller caller = callers.require(Role.PLAY);
        return recordings.find(caller.tenant(), sid).map(found -> answer(caller, found));
    }

    private Response answer(Caller caller, Optional<Recording> found) {
        Recording recording = found.orElseThrow(() -> Problem.of(ProblemType.RECORDING_NOT_FOUND));
        if (recording.state() instanceof RecordingState.Deleted) {
            throw Problem.of(ProblemType.RECORDING_DELETED);
        }
        Instant expiresAt = clock.instant().plus(lifetime.of(recording)).truncatedTo(ChronoUnit.SECONDS);
        String ticket = tickets.sign(new Ticket(recording.key(), caller.subject(), expiresAt));
        meters.counter("earshot.tickets.issued").increment();
        // No Location: proxies log it.
        return Response.status(Response.Status.CREATED)
                .entity(new TicketView(url(recording, ticket), expiresAt.toString()))
                .header("Cache-Control", "no-store")
                .build();
    }

    private String url(Recording recording, String ticket) {
        String base = publicUrl.value().toString().replaceFirst("/+$", "");
        return base + Links.of(recording.key().recordingSid()).stream() + "?ticket=" + ticket;
    }
}
