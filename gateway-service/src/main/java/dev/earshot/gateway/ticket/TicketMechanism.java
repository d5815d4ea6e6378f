package dev.earshot.gateway.ticket;

import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.caller.TicketHolder;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs in whoever comes with a ticket, on the routes that send audio and there alone: everywhere else a ticket is an
 * unknown parameter, and the request has no credentials. A bearer token beside it decides, so that a client that has
 * one never gets less by a stale URL.
 */
@ApplicationScoped
class TicketMechanism implements HttpAuthenticationMechanism {
    private static final String PARAMETER = "ticket";
    private static final Pattern AUDIO = Pattern.compile("/api/recordings/([^/]+)/(?:stream|download)");

    private final Tickets tickets;
    private final Clock clock;

    TicketMechanism(Tickets tickets, Clock clock) {
        this.tickets = tickets;
        this.clock = clock;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext routing, IdentityProviderManager identities) {
        Optional<String> recording = opened(routing.request().method(), routing.normalizedPath());
        if (recording.isEmpty() || isBearer(routing.request().getHeader("Authorization"))) {
            return Uni.createFrom().nullItem();
        }
        List<String> given = given(routing);
        if (given.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Tickets.Verdict verdict = given.size() == 1
                ? tickets.verify(given.get(0), recording.get(), clock.instant())
                : new Tickets.Verdict.Invalid();
        return switch (verdict) {
            case Tickets.Verdict.Valid valid -> {
                // Whoever was given the ticket may play it on any site's page, without CORS: nobody else has the URL.
                routing.response().putHeader("Cross-Origin-Resource-Policy", "cross-origin");
                yield Uni.createFrom().item(identity(valid.ticket()));
            }
            case Tickets.Verdict.Expired expired -> refused(ProblemType.TICKET_EXPIRED);
            case Tickets.Verdict.Invalid invalid -> refused(ProblemType.TICKET_INVALID);
        };
    }

    /** The segment that names the recording, where a ticket may open anything. */
    static Optional<String> opened(HttpMethod method, String path) {
        Matcher audio = AUDIO.matcher(path);
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return reads && audio.matches() ? Optional.of(audio.group(1)) : Optional.empty();
    }

    /** A query that cannot be decoded holds no ticket; whoever failed on it would log it. */
    private static List<String> given(RoutingContext routing) {
        try {
            return routing.queryParam(PARAMETER);
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static boolean isBearer(@Nullable String authorization) {
        return authorization != null
                && authorization.strip().toLowerCase(Locale.ROOT).startsWith("bearer");
    }

    private static SecurityIdentity identity(Ticket ticket) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new TicketHolder(ticket.recording(), ticket.subject()))
                .addRole(Role.PLAY.claim())
                .build();
    }

    private static Uni<SecurityIdentity> refused(ProblemType type) {
        return Uni.createFrom().failure(new AuthenticationFailedException(Problem.of(type)));
    }

    /** The challenge of a 401 is the problem table's. */
    @Override
    public Uni<@Nullable ChallengeData> getChallenge(RoutingContext routing) {
        return Uni.createFrom().nullItem();
    }

    /** None: a ticket verifies by itself, without an identity provider. */
    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
