package dev.earshot.gateway.administration;

import dev.earshot.gateway.access.AdministrationAudit;
import dev.earshot.gateway.access.AdministrationAudit.Action;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Answers;
import dev.earshot.gateway.http.Query;
import dev.earshot.gateway.http.Sids;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Inspection;
import dev.earshot.gateway.recording.Inspection.Inspected;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.recording.Sid;
import dev.earshot.gateway.store.StoreControl;
import dev.earshot.gateway.store.StoreUnavailableException;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** Tells everything that is known of a recording. */
@Path("/api/admin/recordings")
@Authenticated
@Tag(name = "Administration")
public class StatusResource {
    private final Callers callers;
    private final Inspection inspection;
    private final StoreControl store;
    private final AdministrationAudit audit;

    StatusResource(Callers callers, Inspection inspection, StoreControl store, AdministrationAudit audit) {
        this.callers = callers;
        this.inspection = inspection;
        this.store = store;
        this.audit = audit;
    }

    /** Deleted ones too, of which there is the tombstone alone. */
    @GET
    @Path("/{sid}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Tells everything that is known of a recording, and what became of it",
            description =
                    "Of a call all of its recordings. In the own tenant; for an operator in all, or in the one that"
                            + " tenant names.")
    public Uni<Response> status(@PathParam("sid") String segment, @Context UriInfo uri) {
        Sid sid = Sids.parse(segment);
        Query query = Query.of(uri, "tenant");
        Callers.Administrator who = callers.requireAdministrator(query.tenant());
        return audit.during(
                        Action.of(who, "status").with("sid", segment),
                        inspection
                                .find(who.scope(), sid)
                                .invoke(StatusResource::requireAny)
                                .chain(this::looked)
                                .map(StatusView::new),
                        view -> Map.of("found", (long) view.recordings().size()))
                .map(Answers::shown);
    }

    private static void requireAny(List<Inspected> found) {
        if (found.isEmpty()) {
            throw Problem.of(ProblemType.RECORDING_NOT_FOUND);
        }
    }

    private Uni<List<StatusView.Known>> looked(List<Inspected> found) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(each -> isStored(each).map(stored -> StatusView.Known.of(each, stored)))
                .collect()
                .asList();
    }

    /** Whether what should be in the store is; empty where nothing should, or where the store does not say. */
    private Uni<Optional<Boolean>> isStored(Inspected found) {
        return switch (found.recording().state()) {
            case RecordingState.Ready ready ->
                store.sees(ready.object())
                        .map(Optional::of)
                        .onFailure(StoreUnavailableException.class)
                        .recoverWithItem(Optional.empty());
            case RecordingState.Registered ignored -> nothing();
            case RecordingState.Fetching ignored -> nothing();
            case RecordingState.Waiting ignored -> nothing();
            case RecordingState.Failed ignored -> nothing();
            case RecordingState.Evicted ignored -> nothing();
            case RecordingState.Deleted ignored -> nothing();
        };
    }

    private static Uni<Optional<Boolean>> nothing() {
        return Uni.createFrom().item(Optional.empty());
    }
}
