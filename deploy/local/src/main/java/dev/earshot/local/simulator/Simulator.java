package dev.earshot.local.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator's HTTP server. */
public final class Simulator {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final long MAX_CONTROL_BODY_BYTES = 1 << 20;

    private final HttpServer server;

    private Simulator(HttpServer server) {
        this.server = server;
    }

    /**
     * @param publicUrl how the fetcher reaches the simulator: through its relay
     * @param foreignUrl another name for the same place, which is not among the fetcher's redirect hosts
     * @param gatewayUrl where webhooks go
     */
    public record Addresses(String publicUrl, String foreignUrl, String gatewayUrl) {}

    public static Future<Simulator> start(Vertx vertx, int port, Collection<Account> accounts, Addresses addresses) {
        Router router = router(vertx, new AccountBook(accounts), addresses, Clock.systemUTC());
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(router)
                .listen()
                .map(Simulator::new);
    }

    public int port() {
        return server.actualPort();
    }

    private static Router router(Vertx vertx, AccountBook accounts, Addresses addresses, Clock clock) {
        RecordingRegistry recordings = new RecordingRegistry();
        TwilioAuth auth = new TwilioAuth(accounts);
        Webhooks webhooks = new Webhooks(vertx, accounts, addresses);
        Router router = Router.router(vertx);
        new MediaRoutes(auth, recordings, new MediaAnswers(vertx, addresses), clock).mount(router);
        new MetadataRoutes(auth, recordings, addresses, clock).mount(router);
        router.get("/simulator").handler(Simulator::manual);
        // The console's button calls from the gateway's page.
        router.route("/simulator/*")
                .handler(CorsHandler.create()
                        .addOrigin(addresses.gatewayUrl())
                        .allowedMethod(HttpMethod.POST)
                        .allowedHeader("Content-Type"))
                .handler(BodyHandler.create(false).setBodyLimit(MAX_CONTROL_BODY_BYTES))
                .failureHandler(Simulator::controlFailure);
        new ControlRoutes(vertx, accounts, recordings, webhooks, clock).mount(router);
        new SettingRoutes(accounts, webhooks).mount(router);
        router.route().last().handler(TwilioErrors.NOT_FOUND::send).failureHandler(Simulator::apiFailure);
        return router;
    }

    /** The page that documents the control API; it is this module's README.md, packed into the jar. */
    private static void manual(RoutingContext context) {
        try (InputStream page = Simulator.class.getResourceAsStream("/dev/earshot/local/README.md")) {
            String text = page == null ? "" : new String(page.readAllBytes(), StandardCharsets.UTF_8);
            Answers.end(context.response().putHeader("Content-Type", "text/markdown; charset=utf-8"), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void controlFailure(RoutingContext context) {
        Throwable failure = context.failure();
        if (context.statusCode() == 403) {
            Answers.problem(context, 403, "Only the gateway's own page may call from a browser");
        } else if (failure instanceof IllegalArgumentException || failure instanceof java.time.DateTimeException) {
            Answers.problem(context, 400, String.valueOf(failure.getMessage()));
        } else {
            LOG.error("The simulator's control API failed", failure);
            Answers.problem(context, 500, String.valueOf(failure));
        }
    }

    private static void apiFailure(RoutingContext context) {
        LOG.error("The simulator failed on {}", context.request().path(), context.failure());
        TwilioErrors.INTERNAL.send(context);
    }
}
