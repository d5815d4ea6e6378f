package dev.earshot.gateway.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.gateway.caller.AuthConfig;
import dev.earshot.gateway.console.ConsoleSessions.Found;
import dev.earshot.gateway.problem.PlainProblem;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The console's paths. They are no part of the API and of its description: their only client is the page that comes with them.
 *
 * <pre>
 * /console/            the page, or the way to the provider and back
 * /console/session     who is signed in; 401 if nobody is
 * /console/sign-out    ends the session here and at the provider
 * /console/signed-out  where that ends
 * /console/assets/…    what the page consists of
 * </pre>
 */
@ApplicationScoped
class ConsoleRoutes {
    static final String PAGE = "/console/";
    static final String SIGN_OUT = "/console/sign-out";
    private static final Logger LOG = Logger.getLogger(ConsoleRoutes.class);
    private static final String SIGNED_OUT = "/console/signed-out";
    /** Before the API's and behind the filters. */
    private static final int ORDER = 1;
    /** How soon the provider is worth another try. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ConsoleConfig config;
    private final AuthConfig auth;
    private final PublicOrigin origin;
    private final ConsoleSessions sessions;
    private final ConsolePage page;
    private final ConsoleFiles files;
    private final ObjectMapper json;

    ConsoleRoutes(
            ConsoleConfig config,
            AuthConfig auth,
            PublicOrigin origin,
            ConsoleSessions sessions,
            ConsolePage page,
            ConsoleFiles files,
            ObjectMapper json) {
        this.config = config;
        this.auth = auth;
        this.origin = origin;
        this.sessions = sessions;
        this.page = page;
        this.files = files;
        this.json = json;
    }

    void register(@Observes Router router) {
        if (config.clientId().isEmpty()) {
            return;
        }
        if (files.page().isEmpty()) {
            LOG.warn("The console is configured, but this gateway was built without it (-Dearshot.skip.console)");
        }
        get(router, "/console", routing -> now(Reply.redirect(308, PAGE)));
        get(router, PAGE, page::answer);
        get(router, "/console/session", routing -> sessions.find(routing).map(this::session));
        get(router, SIGN_OUT, this::signOut);
        get(router, SIGNED_OUT, routing -> now(PlainPage.SIGNED_OUT));
        get(router, "/console/assets/:file", routing -> now(asset(routing.pathParam("file"))));
    }

    /** Every path has GET and HEAD, and the server leaves out what HEAD must not have. */
    private static void get(Router router, String path, Function<RoutingContext, Uni<Reply>> answer) {
        Route route = router.route().order(ORDER);
        // Not by the route's own path: it would take /console and /console/ for the same.
        route.path(path.endsWith(":file") ? path : path + "*").handler(routing -> {
            boolean isIt = path.endsWith(":file") || routing.normalizedPath().equals(path);
            if (!isIt) {
                routing.next();
            } else if (reads(routing)) {
                answer.apply(routing).subscribe().with(reply -> reply.send(routing), routing::fail);
            } else {
                PlainProblem.send(
                        routing, Problem.of(ProblemType.METHOD_NOT_ALLOWED).header("Allow", "GET, HEAD"));
            }
        });
    }

    private static boolean reads(RoutingContext routing) {
        HttpMethod method = routing.request().method();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static Uni<Reply> now(Reply reply) {
        return Uni.createFrom().item(reply);
    }

    private Reply session(Found found) {
        return switch (found) {
            case Found.Session session -> view(session);
            case Found.ProviderAway away ->
                problem(Problem.of(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE).retryAfter(RETRY));
            case Found.Nobody nobody -> unauthenticated();
            case Found.Refused refused -> unauthenticated();
            case Found.Onward onward -> unauthenticated();
        };
    }

    private static Reply unauthenticated() {
        return problem(Problem.of(ProblemType.UNAUTHENTICATED).header("WWW-Authenticate", "Bearer"));
    }

    private static Reply problem(Problem problem) {
        return routing -> PlainProblem.send(routing, problem);
    }

    private Reply view(Found.Session session) {
        try {
            String view =
                    json.writeValueAsString(SessionView.of(session.identity(), session.token(), auth, config, origin));
            return routing -> {
                var unused = routing.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(view);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a session cannot be told", e);
        }
    }

    /**
     * A GET, so that a plain link does it and the provider's own page can follow. Nobody else's page may: browsers say where a request
     * comes from (Fetch Metadata), and from elsewhere it leads to the console and ends nothing.
     */
    private Uni<Reply> signOut(RoutingContext routing) {
        String site = routing.request().getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return now(Reply.redirect(303, PAGE));
        }
        return sessions.find(routing)
                .map(this::endAtProvider)
                .onFailure()
                .recoverWithItem(Optional.empty())
                .map(end -> signedOut(end.orElse(SIGNED_OUT)));
    }

    private Reply signedOut(String location) {
        return routing -> {
            SessionCookie.end(routing.request(), routing.response(), origin.isHttps());
            Reply.redirect(303, location).send(routing);
        };
    }

    private Optional<String> endAtProvider(Found found) {
        return found instanceof Found.Session session
                ? ConsoleSessions.endAtProvider(session, config.clientId().orElseThrow(), origin.url(SIGNED_OUT))
                : Optional.empty();
    }

    /** Their names change with their content. */
    private Reply asset(String name) {
        return files.asset(name)
                .<Reply>map(asset -> routing -> {
                    String accepted = routing.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
                    boolean packed = asset.gzipped().isPresent() && accepted != null && accepted.contains("gzip");
                    if (packed) {
                        routing.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
                    }
                    var unused = routing.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType())
                            .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                            .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                            .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                            .end(packed ? asset.gzipped().get() : asset.plain());
                })
                .orElseGet(() -> problem(Problem.of(ProblemType.NOT_FOUND)));
    }
}
