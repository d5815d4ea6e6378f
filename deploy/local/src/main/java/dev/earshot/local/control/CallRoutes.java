package dev.earshot.local.control;

import dev.earshot.local.home.AccountFiles;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;

/** {@code POST /control/calls}: the simulator's {@code POST /simulator/recordings}, with the tenant's own format as the default. */
public final class CallRoutes implements ControlApi.Routes {
    private final Vertx vertx;
    private final HttpClient client;
    private final AccountFiles files;
    private final String simulatorUrl;

    public CallRoutes(Vertx vertx, AccountFiles files, String simulatorUrl) {
        this.vertx = vertx;
        client = vertx.createHttpClient();
        this.files = files;
        this.simulatorUrl = simulatorUrl;
    }

    @Override
    public void mount(Router router) {
        router.post("/control/calls").handler(this::call);
    }

    private void call(RoutingContext context) {
        JsonObject wanted = ControlApi.body(context).copy();
        vertx.executeBlocking(() -> withFormat(wanted), false)
                .compose(body -> client.request(new RequestOptions()
                                .setMethod(HttpMethod.POST)
                                .setAbsoluteURI(simulatorUrl + "/simulator/recordings"))
                        .compose(request -> request.send(body.toBuffer())))
                .onSuccess(response -> pass(context, response))
                .onFailure(context::fail);
    }

    private JsonObject withFormat(JsonObject wanted) throws IOException, StackFailure {
        String tenant = wanted.getString("tenant");
        if (tenant != null && !wanted.containsKey("format")) {
            wanted.put("format", files.format(tenant).text());
        }
        return wanted;
    }

    private static void pass(RoutingContext context, HttpClientResponse response) {
        response.body()
                .map(Buffer::toJsonObject)
                .onSuccess(body -> ControlApi.answer(context, response.statusCode(), body))
                .onFailure(context::fail);
    }
}
