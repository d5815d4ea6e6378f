package dev.earshot.gateway.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * 401 with its challenge (RFC 6750 section 3). These go before the extension's mappers, which do not fit this version of
 * Quarkus.
 */
final class AuthenticationMappers {
    private static final Logger LOG = Logger.getLogger(AuthenticationMappers.class);
    private static final int BEFORE_THE_EXTENSION = Priorities.USER - 100;
    /** How soon the provider is worth another try. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** A token or a ticket that does not verify. */
    @ServerExceptionMapper(value = AuthenticationFailedException.class, priority = BEFORE_THE_EXTENSION)
    Response failed(RoutingContext routing, AuthenticationFailedException failure) {
        if (failure.getCause() instanceof Problem problem) {
            return answer(routing, problem.header("WWW-Authenticate", "Bearer"));
        }
        return providerIsAway(routing, failure) ? away(routing, failure) : challenge(routing);
    }

    /** A session cookie whose token does not verify. */
    @ServerExceptionMapper(value = AuthenticationCompletionException.class, priority = BEFORE_THE_EXTENSION)
    Response unusable(RoutingContext routing, AuthenticationCompletionException failure) {
        return providerIsAway(routing, failure) ? away(routing, failure) : challenge(routing);
    }

    /** No token at all. */
    @ServerExceptionMapper(value = UnauthorizedException.class, priority = BEFORE_THE_EXTENSION)
    Response missing(RoutingContext routing, UnauthorizedException failure) {
        return challenge(routing);
    }

    /** What a provider refuses to a session (to renew it, say) is an exception of the extension too, and no outage. */
    private static boolean providerIsAway(RoutingContext routing, Throwable failure) {
        boolean hasToken = routing.request().getHeader("Authorization") != null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OIDCException && hasToken || cause instanceof java.io.IOException) {
                return true;
            }
        }
        return false;
    }

    private static Response away(RoutingContext routing, RuntimeException failure) {
        LOG.warn("The identity provider is not available, so tokens cannot be verified", failure);
        return answer(
                routing, Problem.of(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE).retryAfter(RETRY));
    }

    private static Response challenge(RoutingContext routing) {
        // Section 3.1: a request without a token is told no error code.
        boolean tried = routing.request().getHeader("Authorization") != null;
        return answer(
                routing,
                Problem.of(ProblemType.UNAUTHENTICATED)
                        .header("WWW-Authenticate", tried ? "Bearer error=\"invalid_token\"" : "Bearer"));
    }

    private static Response answer(RoutingContext routing, Problem problem) {
        return ExceptionMapperBase.postProcessorsRegistry
                .applyPostProcessing(
                        ProblemTable.render(problem).build(), ProblemContext.of(problem, routing.normalizedPath()))
                .toResponse();
    }
}
