package dev.earshot.local.control;

import dev.earshot.local.infra.OidcServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;

/** {@code POST /control/tokens}. */
public final class AccessRoutes implements ControlApi.Routes {
    private static final long DEFAULT_LIFETIME_SECONDS = 3600;

    private final Vertx vertx;
    private final OidcServer provider;

    public AccessRoutes(Vertx vertx, OidcServer provider) {
        this.vertx = vertx;
        this.provider = provider;
    }

    @Override
    public void mount(Router router) {
        router.post("/control/tokens").handler(this::issue);
    }

    /** Off the event loop: the provider makes its key at the first token. */
    private void issue(RoutingContext context) {
        OidcServer.TokenRequest request = request(ControlApi.body(context));
        vertx.executeBlocking(() -> provider.issue(request), false)
                .onSuccess(token -> ControlApi.answer(context, 200, new JsonObject().put("token", token)))
                .onFailure(context::fail);
    }

    private static OidcServer.TokenRequest request(JsonObject body) {
        List<String> roles = body.getJsonArray("roles", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
        String tenant = body.getString("tenant");
        return new OidcServer.TokenRequest(
                tenant,
                roles,
                body.getString("subject", tenant == null ? "somebody" : "somebody@" + tenant),
                body.getString("audience", "earshot"),
                Duration.ofSeconds(body.getLong("expiresInSeconds", DEFAULT_LIFETIME_SECONDS)),
                body.getJsonObject("claims", new JsonObject()).getMap());
    }
}
