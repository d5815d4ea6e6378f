package dev.earshot.gateway.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.earshot.events.FailureReason;
import dev.earshot.events.Topics;
import dev.earshot.gateway.administration.FailuresView;
import dev.earshot.gateway.administration.PrefetchRangeView;
import dev.earshot.gateway.administration.PurgeView;
import dev.earshot.gateway.administration.RedriveView;
import dev.earshot.gateway.administration.StatusView;
import dev.earshot.gateway.administration.StorageView;
import dev.earshot.gateway.backfill.BackfillView;
import dev.earshot.gateway.data.DataView;
import dev.earshot.gateway.deadletter.LettersView;
import dev.earshot.gateway.deadletter.ReplayView;
import dev.earshot.gateway.http.Links;
import dev.earshot.gateway.info.PageView;
import dev.earshot.gateway.info.RecordingView;
import dev.earshot.gateway.playback.PreparingBody;
import dev.earshot.gateway.prefetch.PrefetchView;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.PageQuery.State;
import dev.earshot.gateway.ticket.TicketView;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** What bodies look like. Answers are read from the records that are sent: what is not Optional is required. */
final class Schemas {
    private static final String HEX = "[0-9a-f]{32}$";
    private static final Map<Class<?>, String> VIEWS = views();

    private Schemas() {}

    private static Map<Class<?>, String> views() {
        Map<Class<?>, String> views = new LinkedHashMap<>();
        views.put(RecordingView.class, "Recording");
        views.put(Links.class, "Links");
        views.put(PageView.class, "RecordingPage");
        views.put(PreparingBody.class, "Preparing");
        views.put(DataView.class, "RecordingData");
        views.put(TicketView.class, "PlaybackTicket");
        views.put(PrefetchView.class, "Prefetched");
        views.put(PrefetchView.Refused.class, "PrefetchRefused");
        views.put(BackfillView.class, "Backfill");
        views.put(FailuresView.class, "Failures");
        views.put(FailuresView.Group.class, "FailureGroup");
        views.put(FailuresView.Example.class, "FailureExample");
        views.put(StatusView.class, "RecordingStatuses");
        views.put(StatusView.Known.class, "RecordingKnown");
        views.put(StatusView.Times.class, "RecordingTimes");
        views.put(StatusView.Stored.class, "RecordingStored");
        views.put(StatusView.Change.class, "RecordingChange");
        views.put(PrefetchRangeView.class, "PrefetchedRange");
        views.put(PurgeView.class, "Purged");
        views.put(LettersView.class, "DeadLetters");
        views.put(LettersView.One.class, "DeadLetter");
        views.put(LettersView.Header.class, "DeadLetterHeader");
        views.put(ReplayView.class, "Replayed");
        views.put(RedriveView.class, "Redriven");
        views.put(StorageView.class, "Storage");
        views.put(StorageView.States.class, "RecordingCounts");
        views.put(StorageView.Day.class, "StorageDay");
        return views;
    }

    static Map<String, Schema> all() {
        Map<String, Schema> all = new LinkedHashMap<>();
        VIEWS.forEach((view, name) -> all.put(name, view(view)));
        all.put("Problem", problem());
        all.put(
                "Registration",
                object(
                        Map.of("accountSid", sid("AC"), "callSid", sid("CA")),
                        optional(
                                "startedAt",
                                time(),
                                "durationSeconds",
                                count(0),
                                "channels",
                                count(1).maximum(BigDecimal.TWO))));
        all.put("PrefetchOne", object(Map.of(), optional("anyAge", flag())));
        all.put("PrefetchMany", object(Map.of("sids", list(sid())), optional("anyAge", flag())));
        all.put("BackfillWanted", object(Map.of("accountSid", sid("AC"), "from", time(), "to", time()), Map.of()));
        all.put("ReconcileWanted", object(Map.of(), optional("fix", flag(), "tenant", text())));
        all.put("RedriveWanted", redriveWanted());
        all.putAll(operatorsBodies());
        all.put("RecordingStatus", recordingStatus());
        all.put("Peaks", peaks());
        all.put("Audio", text().format("binary"));
        all.put(
                "RecordingEvents",
                text().description("Server-Sent Events; the data of recording is a Recording, of one"
                        + " that is unknown or deleted recordingSid, state and links alone"));
        all.put("ReconcileLines", text().description("Newline-delimited JSON"));
        return all;
    }

    private static Schema view(Class<?> view) {
        Schema schema = createSchema().addType(SchemaType.OBJECT);
        for (RecordComponent member : view.getRecordComponents()) {
            String name = name(member);
            schema.addProperty(name, member(view, member));
            if (!isOptional(member.getType())) {
                schema.addRequired(name);
            }
        }
        return schema;
    }

    /** As it is sent: a word of Java's cannot be a component's name. */
    private static String name(RecordComponent member) {
        JsonProperty sentAs = member.getAccessor().getAnnotation(JsonProperty.class);
        return sentAs == null ? member.getName() : sentAs.value();
    }

    private static boolean isOptional(Class<?> type) {
        return type == Optional.class || type == OptionalInt.class;
    }

    /** By name where the name says more than the type. */
    private static Schema member(Class<?> view, RecordComponent member) {
        return switch (member.getName()) {
            case "recordingSid" -> sid("RE");
            case "callSid" -> sid("CA");
            case "accountSid" -> sid("AC");
            case "sid" -> sid();
            case "sha256" -> text().pattern("^[0-9a-f]{64}$");
            case "data" -> text().format("byte");
            case "url" -> text().format("uri");
            case "from", "to", "oldest", "newest", "at" -> time();
            case "date" -> text().format("date");
            case "code" -> codes();
            case "reason" -> reasons();
            case "status" -> oneOf(List.of("preparing"));
            case "state" -> states(view);
            default -> member.getName().endsWith("At") ? time() : ofType(member.getGenericType());
        };
    }

    private static Schema states(Class<?> view) {
        if (view == BackfillView.class) {
            return oneOf(List.of("requested", "listing", "registering", "done", "failed"));
        }
        // Who administers sees tombstones, too.
        boolean deletedToo = view == StatusView.Known.class || view == StatusView.Change.class;
        return oneOf(Stream.concat(
                        Arrays.stream(State.values()).map(State::wireName),
                        deletedToo ? Stream.of("deleted") : Stream.empty())
                .toList());
    }

    private static Schema ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            Schema inner = ofType(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == List.class ? list(inner) : inner;
        }
        String view = VIEWS.get(type);
        if (view != null) {
            return ref(view);
        }
        return switch (type.getTypeName()) {
            case "java.lang.String" -> text();
            case "int", "java.util.OptionalInt" -> count(0);
            case "long", "java.lang.Long" -> whole(0);
            case "boolean", "java.lang.Boolean" -> flag();
            default -> throw new IllegalStateException("There is no schema for " + type);
        };
    }

    /** RFC 9457; the members after retryable come with some codes. */
    private static Schema problem() {
        Map<String, Schema> required = new LinkedHashMap<>();
        required.put("status", count(400).maximum(BigDecimal.valueOf(599)));
        required.put("title", text());
        required.put("code", codes());
        required.put("retryable", flag().description("Whether the same request may succeed later by itself"));
        Map<String, Schema> more = new LinkedHashMap<>();
        more.put("detail", text());
        more.put("reason", reasons().description("Why a fetch failed"));
        more.put("field", text().description("Which fact is another one, of registration-conflict"));
        more.put("sizeBytes", whole(0).description("Of recording-too-large"));
        more.put("maxBytes", whole(0).description("Of recording-too-large"));
        more.put("download", text().description("Of recording-too-large: where it can be had"));
        return object(required, more);
    }

    private static Schema peaks() {
        Schema channel = object(
                Map.of(
                        "peaks",
                        text().format("byte")
                                .description("Base64 of one unsigned byte for each bucket: its loudest, 255 at most")),
                Map.of());
        Map<String, Schema> required = new LinkedHashMap<>();
        required.put("version", count(1));
        required.put("durationMillis", whole(0));
        required.put("bucketsPerSecond", count(1));
        required.put("channels", list(channel));
        return object(required, Map.of());
    }

    private static Schema recordingStatus() {
        Map<String, Schema> required = new LinkedHashMap<>();
        required.put("AccountSid", sid("AC"));
        required.put("CallSid", sid("CA"));
        required.put("RecordingSid", sid("RE"));
        required.put("RecordingStatus", oneOf(List.of("in-progress", "completed", "absent", "failed")));
        Map<String, Schema> more = new LinkedHashMap<>();
        more.put("RecordingStartTime", text().description("RFC 2822"));
        more.put("RecordingDuration", text().description("Seconds"));
        more.put("RecordingChannels", text());
        return object(required, more).description("Twilio's recordingStatusCallback; other fields are ignored");
    }

    private static Schema redriveWanted() {
        Map<String, Schema> more = new LinkedHashMap<>();
        more.put("reason", reasons());
        more.put("recordingSids", list(sid("RE")));
        more.put("from", time());
        more.put("to", time());
        more.put("tenant", text().description("An operator's alone; without it all tenants"));
        more.put("limit", count(1).maximum(BigDecimal.valueOf(10_000)).description("1000 if it is not said"));
        more.put("includeFinal", flag().description("Those too that failed for good and are not named"));
        more.put("dryRun", flag().description("Count them only"));
        return object(Map.of(), more);
    }

    private static Map<String, Schema> operatorsBodies() {
        Schema limit = count(1).maximum(BigDecimal.valueOf(10_000)).description("1000 if it is not said");
        Schema dryRun = flag().description("Count them only");
        Map<String, Schema> bodies = new LinkedHashMap<>();
        bodies.put(
                "PrefetchRangeWanted",
                object(
                        Map.of("from", time(), "to", time()),
                        optional(
                                "tenant",
                                text().description("An operator needs it, or an account that is one tenant's"),
                                "accountSid",
                                sid("AC"),
                                "limit",
                                limit,
                                "anyAge",
                                flag().description("An operator's alone: whatever the playback window"),
                                "dryRun",
                                dryRun)));
        bodies.put(
                "PurgeWanted",
                object(
                        Map.of("tenant", text()),
                        optional(
                                "confirm",
                                text().description("The tenant once more; a dry run needs none"),
                                "limit",
                                limit,
                                "dryRun",
                                dryRun)));
        bodies.put(
                "ReplayWanted",
                object(
                        Map.of("topic", oneOf(Topics.CONSUMED)),
                        optional(
                                "partition",
                                count(0).description("Of the letter, with offset: that one alone"),
                                "offset",
                                whole(0),
                                "reason",
                                text().description("What their reasons have in them, whatever the case"),
                                "limit",
                                count(1).maximum(BigDecimal.valueOf(1_000)).description("100 if it is not said"),
                                "again",
                                flag().description("Also if it was replayed before; of one alone"),
                                "dryRun",
                                dryRun)));
        return bodies;
    }

    private static Schema object(Map<String, Schema> required, Map<String, Schema> more) {
        Schema schema = createSchema().addType(SchemaType.OBJECT);
        new java.util.TreeMap<>(required)
                .forEach((name, member) -> schema.addProperty(name, member).addRequired(name));
        more.forEach(schema::addProperty);
        return schema;
    }

    private static Map<String, Schema> optional(Object... namesAndSchemas) {
        Map<String, Schema> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            members.put((String) namesAndSchemas[i], (Schema) namesAndSchemas[i + 1]);
        }
        return members;
    }

    static Schema ref(String name) {
        return createSchema().ref("#/components/schemas/" + name);
    }

    static Schema text() {
        return createSchema().addType(SchemaType.STRING);
    }

    static Schema time() {
        return text().format("date-time");
    }

    static Schema flag() {
        return createSchema().addType(SchemaType.BOOLEAN);
    }

    static Schema count(int least) {
        return createSchema().addType(SchemaType.INTEGER).format("int32").minimum(BigDecimal.valueOf(least));
    }

    static Schema whole(int least) {
        return createSchema().addType(SchemaType.INTEGER).format("int64").minimum(BigDecimal.valueOf(least));
    }

    static Schema list(Schema items) {
        return createSchema().addType(SchemaType.ARRAY).items(items);
    }

    static Schema oneOf(List<String> values) {
        return text().enumeration(List.copyOf(values));
    }

    /** A recording's or a call's. */
    static Schema sid() {
        return text().pattern("^(?:RE|CA)" + HEX);
    }

    static Schema sid(String kind) {
        return text().pattern("^" + kind + HEX);
    }

    private static Schema codes() {
        return oneOf(Arrays.stream(ProblemType.values()).map(ProblemType::code).toList());
    }

    static Schema reasons() {
        return oneOf(
                Arrays.stream(FailureReason.values()).map(FailureReason::code).toList());
    }
}
