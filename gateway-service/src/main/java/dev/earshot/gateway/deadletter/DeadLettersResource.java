package dev.earshot.gateway.deadletter;

import dev.earshot.events.Topics;
import dev.earshot.gateway.access.AdministrationAudit;
import dev.earshot.gateway.access.AdministrationAudit.Action;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.deadletter.Replaying.Wanted;
import dev.earshot.gateway.http.Answers;
import dev.earshot.gateway.http.JsonBody;
import dev.earshot.gateway.http.Query;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists what could not be processed, and has it processed once more. */
@Path("/api/admin/dead-letters")
@Authenticated
@Tag(name = "Operation")
public class DeadLettersResource {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int USUAL_REPLAYS = 100;
    private static final int MOST_REPLAYS = 1_000;
    private static final int LONGEST_REASON = 200;

    private final Callers callers;
    private final KafkaDeadLetters letters;
    private final Replays replays;
    private final Replaying replaying;
    private final AdministrationAudit audit;

    DeadLettersResource(
            Callers callers,
            KafkaDeadLetters letters,
            Replays replays,
            Replaying replaying,
            AdministrationAudit audit) {
        this.callers = callers;
        this.letters = letters;
        this.replays = replays;
        this.replaying = replaying;
        this.audit = audit;
    }

    /** The newest of one topic, or of all. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Lists what could not be processed",
            description = "The newest first, of all topics or of the one that records came on; with reason those whose"
                    + " reason has that text in it.")
    public Uni<Response> list(@Context UriInfo uri) {
        Query query = Query.of(uri, "topic", "reason", "limit");
        Optional<String> topic = query.text("topic");
        topic.ifPresent(DeadLettersResource::requireTopic);
        Optional<String> reason = query.text("reason");
        reason.filter(text -> !isReason(text)).ifPresent(ignored -> {
            throw Query.invalid("reason must be a text of 1 to " + LONGEST_REASON + " characters");
        });
        int limit = query.integer("limit", 1, MOST).orElse(USUAL);
        Callers.Administrator who = callers.requireOperator(Optional.empty());
        List<String> topics = topic.map(List::of).orElse(Topics.CONSUMED);
        Action action = Action.of(who, "dead-letters")
                .with("topic", topic)
                .with("reason", reason)
                .with("limit", limit);
        return audit.during(
                        action,
                        letters.read(new Search(topics, Search.withReason(reason), limit, new Search.From.Newest()))
                                .chain(found -> replays.known(topics).map(known -> LettersView.of(found, known))),
                        view -> Map.of("total", view.total(), "listed", (long)
                                view.letters().size()))
                .map(Answers::shown);
    }

    /** Sent again to the topic that it came on, as it came; what was sent before is passed over. */
    @POST
    @Path("/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Has what could not be processed processed once more",
            description =
                    "One letter by partition and offset, or the oldest of the topic, up to the limit, that were not"
                            + " replayed before. What is sent has the header earshot-replay-of.")
    public Uni<Response> replay(String body) {
        JsonBody told = JsonBody.read(body, "topic", "partition", "offset", "reason", "limit", "dryRun", "again");
        String topic = told.text("topic", "a topic that Earshot consumes", Topics.CONSUMED::contains);
        Optional<Letter.Place> one = one(told, topic);
        Optional<String> reason = told.has("reason")
                ? Optional.of(told.text(
                        "reason", "a text of 1 to " + LONGEST_REASON + " characters", DeadLettersResource::isReason))
                : Optional.empty();
        boolean again = told.flag("again");
        if (again && one.isEmpty() || one.isPresent() && (reason.isPresent() || told.has("limit"))) {
            throw Query.invalid("again goes with partition and offset, reason and limit without them");
        }
        int limit = told.integer("limit", 1, MOST_REPLAYS).orElse(one.isPresent() ? 1 : USUAL_REPLAYS);
        boolean dryRun = told.flag("dryRun");
        Callers.Administrator who = callers.requireOperator(Optional.empty());
        Wanted wanted = new Wanted(topic, one, reason, limit, dryRun, again, who.subject());
        return audit.during(
                        action(who, wanted),
                        replaying.replay(wanted).map(done -> ReplayView.of(done, dryRun)),
                        view -> Map.of("matched", view.matched(), "replayed", view.replayed()))
                .map(Answers::shown);
    }

    private static Action action(Callers.Administrator who, Wanted wanted) {
        return Action.of(who, "replay")
                .with("topic", wanted.topic())
                .with("partition", wanted.one().map(Letter.Place::partition))
                .with("offset", wanted.one().map(Letter.Place::offset))
                .with("reason", wanted.reason())
                .with("limit", wanted.atMost())
                .with("again", wanted.again())
                .with("dryRun", wanted.dryRun());
    }

    private static Optional<Letter.Place> one(JsonBody told, String topic) {
        OptionalInt partition = told.integer("partition", 0, Integer.MAX_VALUE);
        if (partition.isPresent() != told.has("offset")) {
            throw Query.invalid("partition and offset go together");
        }
        return partition.isEmpty()
                ? Optional.empty()
                : Optional.of(new Letter.Place(
                        topic,
                        partition.getAsInt(),
                        told.whole("offset", 0, Long.MAX_VALUE).orElseThrow()));
    }

    private static boolean isReason(String text) {
        return !text.isBlank() && text.length() <= LONGEST_REASON;
    }

    private static void requireTopic(String topic) {
        if (!Topics.CONSUMED.contains(topic)) {
            throw Query.invalid("topic must be one of " + String.join(", ", Topics.CONSUMED));
        }
    }
}
