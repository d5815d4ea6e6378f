package dev.earshot.local.simulator;

import dev.earshot.local.simulator.SimulatedRecording.Status;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Metadata of one recording, its deletion, and lists by account or by call ("Recordings resource: fetch, delete, read multiple"). */
final class MetadataRoutes {
    private static final String ACCOUNT = "/2010-04-01/Accounts/(?<account>AC[0-9a-f]{32})";
    private static final String ONE = ACCOUNT + "/Recordings/(?<recording>RE[0-9a-f]{32})\\.json";
    private static final String ALL = ACCOUNT + "/Recordings\\.json";
    private static final String BY_CALL = ACCOUNT + "/Calls/(?<call>CA[0-9a-f]{32})/Recordings\\.json";

    private final TwilioAuth auth;
    private final RecordingRegistry recordings;
    private final Simulator.Addresses addresses;
    private final Clock clock;

    MetadataRoutes(TwilioAuth auth, RecordingRegistry recordings, Simulator.Addresses addresses, Clock clock) {
        this.auth = auth;
        this.recordings = recordings;
        this.addresses = addresses;
        this.clock = clock;
    }

    void mount(Router router) {
        router.routeWithRegex(ONE).handler(auth::check).handler(this::one);
        router.routeWithRegex(ALL).handler(auth::check).handler(context -> list(context, everything -> true));
        router.routeWithRegex(BY_CALL).handler(auth::check).handler(this::listOfCall);
    }

    private void one(RoutingContext context) {
        Optional<SimulatedRecording> found =
                recordings.bySid(context.pathParam("recording")).filter(ofAccount(context));
        found.ifPresent(recording -> recording.counters().metadataRequests.incrementAndGet());
        Optional<SimulatedRecording> visible = found.filter(visible(context));
        if (visible.isEmpty()) {
            TwilioErrors.NOT_FOUND.send(context);
        } else if (HttpMethod.DELETE.equals(context.request().method())) {
            visible.get().delete();
            Answers.end(context.response().setStatusCode(204));
        } else if (HttpMethod.GET.equals(context.request().method())) {
            Answers.json(context, 200, json(visible.get()));
        } else {
            TwilioErrors.METHOD_NOT_ALLOWED.send(context);
        }
    }

    private void listOfCall(RoutingContext context) {
        String call = context.pathParam("call");
        list(context, recording -> recording.facts().callSid().equals(call));
    }

    private void list(RoutingContext context, Predicate<SimulatedRecording> wanted) {
        if (refused(context)) {
            return;
        }
        try {
            Predicate<SimulatedRecording> all =
                    wanted.and(ofAccount(context)).and(visible(context)).and(filters(context));
            List<SimulatedRecording> found = recordings.list(all);
            found.forEach(recording -> recording.counters().metadataRequests.incrementAndGet());
            Paging paging = Paging.of(context.request().path(), context.queryParams());
            JsonArray page = new JsonArray();
            paging.page(found, MetadataRoutes::sid).forEach(recording -> page.add(json(recording)));
            Answers.json(context, 200, paging.json(found, MetadataRoutes::sid).put("recordings", page));
        } catch (IllegalArgumentException | DateTimeException invalid) {
            TwilioErrors.BAD_PARAMETER.send(context);
        }
    }

    /** What refuses everybody refuses to list, too. */
    private static boolean refused(RoutingContext context) {
        Optional<TwilioErrors> refusal =
                switch (TwilioAuth.account(context).rule().behaviour()) {
                    case UNAUTHORIZED -> Optional.of(TwilioErrors.AUTHENTICATE);
                    case RATE_LIMITED, RATE_LIMITED_RETRY_AFTER -> Optional.of(TwilioErrors.TOO_MANY_REQUESTS);
                    case SERVER_ERROR -> Optional.of(TwilioErrors.INTERNAL);
                    default -> Optional.empty();
                };
        refusal.ifPresent(error -> error.send(context));
        return refusal.isPresent();
    }

    private static String sid(SimulatedRecording recording) {
        return recording.facts().recordingSid();
    }

    private JsonObject json(SimulatedRecording recording) {
        return RecordingJson.of(recording, clock.instant(), addresses.publicUrl());
    }

    private static Predicate<SimulatedRecording> ofAccount(RoutingContext context) {
        String account = context.pathParam("account");
        return recording -> recording.facts().accountSid().equals(account);
    }

    /** Deleted metadata stays for 40 days and shows only when asked for. */
    private Predicate<SimulatedRecording> visible(RoutingContext context) {
        boolean deletedToo = "true".equalsIgnoreCase(context.request().getParam("IncludeSoftDeleted"));
        Instant now = clock.instant();
        return recording -> deletedToo || recording.status(now) != Status.DELETED;
    }

    private static Predicate<SimulatedRecording> filters(RoutingContext context) {
        Predicate<SimulatedRecording> filter = everything -> true;
        String call = context.request().getParam("CallSid");
        if (call != null) {
            filter = filter.and(recording -> recording.facts().callSid().equals(call));
        }
        if (context.request().getParam("ConferenceSid") != null) {
            filter = filter.and(nothing -> false);
        }
        return filter.and(date(context, "DateCreated", 0))
                .and(date(context, "DateCreated<", -1))
                .and(date(context, "DateCreated>", 1));
    }

    /** {@code DateCreated<=D} reaches us as the parameter {@code DateCreated<}; the bounds are inclusive. */
    private static Predicate<SimulatedRecording> date(RoutingContext context, String parameter, int direction) {
        String text = context.request().getParam(parameter);
        if (text == null) {
            return everything -> true;
        }
        LocalDate day = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
        return recording -> {
            int order = LocalDate.ofInstant(recording.facts().startedAt(), ZoneOffset.UTC)
                    .compareTo(day);
            return order == 0 || Integer.signum(order) == direction;
        };
    }
}
