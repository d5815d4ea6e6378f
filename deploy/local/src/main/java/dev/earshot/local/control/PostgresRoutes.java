package dev.earshot.local.control;

import dev.earshot.local.infra.RestartablePostgres;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /control/postgres}: the real server ends and starts again. That it is out of reach is the relay's affair. */
public final class PostgresRoutes implements ControlApi.Routes {
    private final Vertx vertx;
    private final RestartablePostgres postgres;

    public PostgresRoutes(Vertx vertx, RestartablePostgres postgres) {
        this.vertx = vertx;
        this.postgres = postgres;
    }

    @Override
    public void mount(Router router) {
        router.post("/control/postgres/:action").handler(this::act);
    }

    private void act(RoutingContext context) {
        String action = context.pathParam("action");
        vertx.executeBlocking(() -> act(action), false)
                .onSuccess(status -> ControlApi.answer(context, 200, status))
                .onFailure(context::fail);
    }

    /** Answers when it is done: after start and restart the server takes connections. */
    private JsonObject act(String action) throws Exception {
        switch (action) {
            case "stop" -> postgres.stop();
            case "kill" -> postgres.kill();
            case "start" -> postgres.start();
            case "restart" -> {
                postgres.stop();
                postgres.start();
            }
            default -> throw new IllegalArgumentException("PostgreSQL can be stop, kill, start or restart");
        }
        return new JsonObject().put("running", postgres.isRunning());
    }
}
