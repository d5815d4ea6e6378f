package dev.earshot.gateway.console;

import dev.earshot.gateway.caller.AuthConfig;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.console.ConsoleSessions.Found;
import dev.earshot.gateway.problem.PlainProblem;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/** The page itself: for whoever has a session, and for everybody else the way to one. */
@Singleton
class ConsolePage {
    /** Marks a request that was sent to the public address already, so that it is sent there once. */
    private static final String SENT_HERE = "sign-in";

    private final ConsoleConfig config;
    private final AuthConfig auth;
    private final PublicOrigin origin;
    private final ConsoleSessions sessions;
    private final ConsoleFiles files;
    private final StoreOrigin store;

    ConsolePage(
            ConsoleConfig config,
            AuthConfig auth,
            PublicOrigin origin,
            ConsoleSessions sessions,
            ConsoleFiles files,
            StoreOrigin store) {
        this.config = config;
        this.auth = auth;
        this.origin = origin;
        this.sessions = sessions;
        this.files = files;
        this.store = store;
    }

    Uni<Reply> answer(RoutingContext routing) {
        return sessions.find(routing).chain(found -> switch (found) {
            case Found.Session session -> shown(session);
            case Found.Nobody nobody -> signIn(routing);
            default -> Uni.createFrom().item(reply(found));
        });
    }

    /** The provider sends people back to the public address, and only there is the cookie that they are recognised by. */
    private Uni<Reply> signIn(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String query = Optional.ofNullable(request.query()).orElse("");
        if (("&" + query).contains("&state=")) {
            // Somebody who comes back without that cookie would be sent round for ever.
            return Uni.createFrom().item(PlainPage.FAILED);
        }
        return isElsewhere(request) && !query.endsWith(SENT_HERE)
                ? Uni.createFrom().item(Reply.redirect(307, atPublicAddress(query)))
                : sessions.signIn(routing).map(ConsolePage::reply);
    }

    private boolean isElsewhere(HttpServerRequest request) {
        return request.authority() == null
                || !origin.authority().equalsIgnoreCase(request.authority().toString());
    }

    private String atPublicAddress(String query) {
        return origin.url(ConsoleRoutes.PAGE) + "?" + (query.isEmpty() ? "" : query + "&") + SENT_HERE;
    }

    private static Reply reply(Found found) {
        return switch (found) {
            case Found.Onward onward ->
                // Arrived where it was to be sent: the mark has done its work.
                Reply.redirect(onward.status(), onward.location().replaceFirst("[?&]" + SENT_HERE + "$", ""));
            case Found.ProviderAway away -> PlainPage.PROVIDER_AWAY;
            case Found.Session session -> PlainPage.FAILED;
            case Found.Nobody nobody -> PlainPage.FAILED;
            case Found.Refused refused -> PlainPage.FAILED;
        };
    }

    private Uni<Reply> shown(Found.Session session) {
        Optional<Buffer> page = files.page();
        return page.isEmpty()
                ? Uni.createFrom()
                        .item(routing -> PlainProblem.send(
                                routing,
                                Problem.of(ProblemType.NOT_FOUND, "this gateway was built without its console")))
                : store.of(Callers.tenant(session.token().getClaim(auth.tenantClaim())))
                        .map(audio -> PagePolicy.of(files.styleHashes(), simulator(), audio))
                        .map(policy -> html(page.get(), policy));
    }

    private Optional<String> simulator() {
        return config.simulatorUrl().map((URI url) -> PublicOrigin.of(url));
    }

    private static Reply html(Buffer page, String policy) {
        return routing -> {
            var unused = routing.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                    .putHeader("Content-Security-Policy", policy)
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                    .putHeader(
                            "Permissions-Policy",
                            "camera=(), display-capture=(), geolocation=(), microphone=()," + " payment=(), usb=()")
                    .end(page);
        };
    }
}
