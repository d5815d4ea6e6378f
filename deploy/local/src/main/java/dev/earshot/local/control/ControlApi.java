package dev.earshot.local.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of {@code /control}. */
public final class ControlApi {
    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);

    private ControlApi() {}

    /** One group of paths. */
    public interface Routes {
        void mount(Router router);
    }

    /** @param status what {@code GET /control/status} answers */
    public static Future<HttpServer> start(Vertx vertx, int port, Supplier<JsonObject> status, Routes... groups) {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false)).failureHandler(ControlApi::fail);
        router.get("/control/status").handler(context -> answer(context, 200, status.get()));
        for (Routes group : groups) {
            group.mount(router);
        }
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(router)
                .listen();
    }

    static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode())
                .onFailure(gone -> LOG.debug("The client has gone", gone));
    }

    static JsonObject body(RoutingContext context) {
        JsonObject body = context.body().asJsonObject();
        return body == null ? new JsonObject() : body;
    }

    private static void fail(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure == null) {
            answer(context, context.statusCode(), new JsonObject().put("error", "HTTP " + context.statusCode()));
            return;
        }
        boolean asked = failure instanceof IllegalArgumentException || failure instanceof ClassCastException;
        if (!asked) {
            LOG.error("The control API failed on {}", context.request().path(), failure);
        }
        answer(context, asked ? 400 : 500, new JsonObject().put("error", String.valueOf(failure.getMessage())));
    }
}
