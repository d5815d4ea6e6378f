package dev.earshot.local.simulator;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends responses; a client that has gone meanwhile is no error here. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static void end(HttpServerResponse response, String body) {
        response.end(body).onFailure(gone -> LOG.debug("The client has gone", gone));
    }

    static void end(HttpServerResponse response) {
        response.end().onFailure(gone -> LOG.debug("The client has gone", gone));
    }

    static void json(RoutingContext context, int status, JsonObject body) {
        HttpServerResponse response = context.response().setStatusCode(status);
        end(response.putHeader("Content-Type", "application/json"), body.encode());
    }

    static void problem(RoutingContext context, int status, String message) {
        json(context, status, new JsonObject().put("error", message));
    }
}
