package dev.earshot.local.control;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.IntConsumer;

/** {@code /control/s3}: a store that says what is not true. That it is away is the relay's affair. */
public final class S3Routes implements ControlApi.Routes {
    private final IntConsumer failAfterStoring;

    /** @param failAfterStoring takes how many uploads are stored and answered with 500 */
    public S3Routes(IntConsumer failAfterStoring) {
        this.failAfterStoring = failAfterStoring;
    }

    @Override
    public void mount(Router router) {
        router.post("/control/s3/fail-after-storing").handler(this::fail);
    }

    private void fail(RoutingContext context) {
        int times = Integer.parseInt(context.request().getParam("times", "1"));
        failAfterStoring.accept(times);
        ControlApi.answer(context, 200, new JsonObject().put("times", times));
    }
}
