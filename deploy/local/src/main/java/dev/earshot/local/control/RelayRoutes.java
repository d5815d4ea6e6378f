package dev.earshot.local.control;

import dev.earshot.local.relay.Relay;
import dev.earshot.local.relay.Relays;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalInt;

/** {@code /control/relays}. */
public final class RelayRoutes implements ControlApi.Routes {
    private final Relays relays;

    public RelayRoutes(Relays relays) {
        this.relays = relays;
    }

    @Override
    public void mount(Router router) {
        router.get("/control/relays").handler(this::list);
        router.post("/control/relays/:relay/:action").handler(this::act);
    }

    private void list(RoutingContext context) {
        relays.statuses()
                .onSuccess(all -> {
                    JsonArray list = new JsonArray();
                    all.forEach(status -> list.add(json(status)));
                    ControlApi.answer(context, 200, new JsonObject().put("relays", list));
                })
                .onFailure(context::fail);
    }

    private void act(RoutingContext context) {
        Relay relay = relays.named(context.pathParam("relay"))
                .orElseThrow(() -> new IllegalArgumentException("There is no relay " + context.pathParam("relay")));
        Future<Void> done = switch (context.pathParam("action")) {
            case "cut" -> relay.cut();
            case "stall" -> relay.stall();
            case "heal" -> relay.heal();
            case "abandon" -> relay.abandon(serverSidePort(context));
            case "delay" -> relay.delay(Long.parseLong(context.request().getParam("millis", "0")));
            default -> throw new IllegalArgumentException("A relay can be cut, stall, abandon, heal or delay");
        };
        done.compose(nothing -> relay.status())
                .onSuccess(status -> ControlApi.answer(context, 200, json(status)))
                .onFailure(context::fail);
    }

    private static OptionalInt serverSidePort(RoutingContext context) {
        String port = context.request().getParam("serverSidePort");
        return port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }

    private static JsonObject json(Relay.Status status) {
        return new JsonObject()
                .put("name", status.name())
                .put("state", status.state())
                .put("delayMillis", status.delayMillis())
                .put("connections", status.connections())
                .put("bytesToServer", status.bytesToServer())
                .put("bytesToClient", status.bytesToClient());
    }
}
