package dev.earshot.local.control;

import dev.earshot.local.service.ServiceProcess;
import dev.earshot.local.service.Signals;
import dev.earshot.local.service.StartOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /control/services}: to hurt one service and see what the other and the listeners notice. */
public final class ServiceRoutes implements ControlApi.Routes {
    /** Longer than the services' own drain time ({@code earshot.shutdown.drain}, 60 s). */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(75);

    private final Vertx vertx;
    private final Supplier<Collection<ServiceProcess>> services;

    /** @param services those that exist by now; none with {@code --infra-only} */
    public ServiceRoutes(Vertx vertx, Supplier<Collection<ServiceProcess>> services) {
        this.vertx = vertx;
        this.services = services;
    }

    @Override
    public void mount(Router router) {
        router.get("/control/services").handler(this::list);
        router.post("/control/services/:service/:action").handler(this::act);
    }

    private void list(RoutingContext context) {
        vertx.executeBlocking(this::describe, false)
                .onSuccess(all -> ControlApi.answer(context, 200, new JsonObject().put("services", all)))
                .onFailure(context::fail);
    }

    private JsonArray describe() throws InterruptedException {
        JsonArray all = new JsonArray();
        for (ServiceProcess service : services.get()) {
            all.add(describe(service));
        }
        return all;
    }

    private static JsonObject describe(ServiceProcess service) throws InterruptedException {
        boolean running = service.isRunning();
        return new JsonObject()
                .put("name", service.name())
                .put("running", running)
                .put("ready", running && service.isReady())
                .put("pid", running ? service.pid() : null);
    }

    private void act(RoutingContext context) {
        ServiceProcess service = services.get().stream()
                .filter(candidate -> candidate.name().equals(context.pathParam("service")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no service " + context.pathParam("service")));
        String action = context.pathParam("action");
        StartOptions options = options(ControlApi.body(context));
        vertx.executeBlocking(() -> act(service, action, options), false)
                .onSuccess(status -> ControlApi.answer(context, 200, status))
                .onFailure(context::fail);
    }

    /** Answers when it is done: after kill and stop the process is gone, after start and restart it is ready. */
    private static JsonObject act(ServiceProcess service, String action, StartOptions options)
            throws IOException, InterruptedException {
        switch (action) {
            case "kill" -> service.kill();
            case "stop" -> stop(service);
            case "pause" -> Signals.send("STOP", service.pid());
            case "continue" -> Signals.send("CONT", service.pid());
            case "start" -> start(service, options);
            case "restart" -> {
                stop(service);
                start(service, options);
            }
            default ->
                throw new IllegalArgumentException("A service can be kill, stop, pause, continue, start or restart");
        }
        return new JsonObject()
                .put("name", service.name())
                .put("running", service.isRunning())
                .put("pid", service.isRunning() ? service.pid() : null);
    }

    private static void stop(ServiceProcess service) throws InterruptedException {
        var endedByItself = service.stop(STOP_PATIENCE);
        if (!endedByItself) {
            throw new IllegalStateException(service.name() + " did not stop and was killed");
        }
    }

    private static void start(ServiceProcess service, StartOptions options) throws IOException, InterruptedException {
        service.start(options);
        service.awaitReady();
    }

    private static StartOptions options(JsonObject body) {
        Map<String, String> properties = new HashMap<>();
        body.getJsonObject("properties", new JsonObject())
                .forEach(property -> properties.put(property.getKey(), String.valueOf(property.getValue())));
        List<String> jvm = body.getJsonArray("jvm", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
        return new StartOptions(properties, jvm, body.getBoolean("mayEnd", false));
    }
}
