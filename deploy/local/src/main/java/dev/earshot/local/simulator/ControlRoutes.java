package dev.earshot.local.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.local.simulator.Webhooks.Callback;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** {@code /simulator/recordings}: makes recordings, changes and shows them, sends their webhooks. */
final class ControlRoutes {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String ONE = "/simulator/recordings/:recording";

    private final Vertx vertx;
    private final AccountBook accounts;
    private final RecordingRegistry recordings;
    private final Webhooks webhooks;
    private final RecordingReport report;
    private final Clock clock;

    ControlRoutes(Vertx vertx, AccountBook accounts, RecordingRegistry recordings, Webhooks webhooks, Clock clock) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.recordings = recordings;
        this.webhooks = webhooks;
        this.clock = clock;
        report = new RecordingReport(vertx, clock);
    }

    void mount(Router router) {
        router.post("/simulator/recordings").handler(this::create);
        router.delete("/simulator/recordings").handler(this::forget);
        router.get(ONE).handler(context -> withRecording(context, this::show));
        router.put(ONE).handler(context -> withRecording(context, this::change));
        router.post(ONE + "/webhook").handler(context -> withRecording(context, this::sendWebhook));
    }

    static <T> T parse(RoutingContext context, Class<T> type) {
        try {
            String body = context.body().asString();
            return JSON.readValue(body == null || body.isBlank() ? "{}" : body, type);
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException(invalid.getOriginalMessage(), invalid);
        }
    }

    private void create(RoutingContext context) {
        NewRecording wanted = parse(context, NewRecording.class);
        SimulatedRecording recording = wanted.make(account(wanted), clock);
        if (!recordings.add(recording)) {
            Answers.problem(
                    context, 409, "There is a recording " + recording.facts().recordingSid() + " already");
            return;
        }
        Future<JsonObject> answer = report.created(recording)
                .compose(body -> wanted.wantsWebhook() ? announce(recording, body) : Future.succeededFuture(body));
        reply(context, 201, answer);
    }

    private Account account(NewRecording wanted) {
        String sid = wanted.accountSid();
        String tenant = wanted.tenant();
        if (sid != null) {
            return accounts.bySid(sid)
                    .map(AccountBook.Entry::account)
                    .orElseThrow(() -> new IllegalArgumentException("There is no account " + sid));
        }
        if (tenant == null) {
            throw new IllegalArgumentException("accountSid or tenant is missing");
        }
        return accounts.forTenant(tenant)
                .orElseThrow(() -> new IllegalArgumentException("There is no account for tenant " + tenant));
    }

    /**
     * The completed webhook. While {@code processingSeconds} run it is sent later, as Twilio would; for behaviour not-ready it is sent
     * at once, as Twilio has been seen to.
     */
    private Future<JsonObject> announce(SimulatedRecording recording, JsonObject body) {
        Callback callback =
                new Callback(recording.rule().behaviour() == Behaviour.ABSENT ? "absent" : "completed", false);
        long seconds = recording.facts().processingSeconds();
        if (seconds > 0) {
            vertx.setTimer(
                    Duration.ofSeconds(seconds).toMillis(),
                    t -> webhooks.send(recording, callback).onComplete(sent -> {}));
            return Future.succeededFuture(body.put("webhookInSeconds", seconds));
        }
        return webhooks.send(recording, callback).map(sent -> withDelivery(body, sent));
    }

    private void show(RoutingContext context, SimulatedRecording recording) {
        boolean hash = "true".equals(context.request().getParam("sha256"));
        reply(context, 200, report.full(recording, hash));
    }

    private void change(RoutingContext context, SimulatedRecording recording) {
        recording.behave(parse(context, NewRecording.Change.class).rule());
        reply(context, 200, report.full(recording, false));
    }

    private void sendWebhook(RoutingContext context, SimulatedRecording recording) {
        String status = context.request().getParam("status", "completed");
        boolean tamper = "true".equals(context.request().getParam("tamper"));
        reply(
                context,
                200,
                webhooks.send(recording, new Callback(status, tamper))
                        .map(sent -> withDelivery(new JsonObject(), sent)));
    }

    private void forget(RoutingContext context) {
        recordings.clear();
        accounts.forgetRules();
        Answers.end(context.response().setStatusCode(204));
    }

    private void withRecording(
            RoutingContext context, java.util.function.BiConsumer<RoutingContext, SimulatedRecording> action) {
        Optional<SimulatedRecording> found = recordings.bySid(context.pathParam("recording"));
        if (found.isPresent()) {
            action.accept(context, found.get());
        } else {
            Answers.problem(context, 404, "There is no recording " + context.pathParam("recording"));
        }
    }

    private static JsonObject withDelivery(JsonObject body, Webhooks.Delivery delivery) {
        body.put("webhookStatus", delivery.status());
        return delivery.error().isEmpty() ? body : body.put("webhookError", delivery.error());
    }

    private static void reply(RoutingContext context, int status, Future<JsonObject> answer) {
        answer.onSuccess(body -> Answers.json(context, status, body)).onFailure(context::fail);
    }
}
