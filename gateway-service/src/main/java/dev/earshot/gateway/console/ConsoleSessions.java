package dev.earshot.gateway.console;

import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Adapts what the OpenID Connect extension finds out about a request to what the console's pages need to know. */
@Singleton
class ConsoleSessions {
    /** What was found. */
    sealed interface Found {
        /** Somebody is signed in. */
        record Session(SecurityIdentity identity, JsonWebToken token) implements Found {}

        /** Nobody is, or not any more. */
        record Nobody() implements Found {}

        /** The sign-in goes on elsewhere: this is the way back from the provider, which has a query to be rid of. */
        record Onward(int status, String location) implements Found {}

        /** The way back from the provider leads nowhere. */
        record Refused() implements Found {}

        /** Nobody can tell: the provider does not answer. */
        record ProviderAway() implements Found {}
    }

    /** Looks at the request; fails only with what nobody has thought of. */
    Uni<Found> find(RoutingContext routing) {
        // Its own handler would end the answer before we have said anything.
        routing.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        Uni<SecurityIdentity> identity = routing.get(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
        return identity.map(ConsoleSessions::found).onFailure().recoverWithUni(ConsoleSessions::explained);
    }

    private static Found found(SecurityIdentity identity) {
        return !identity.isAnonymous() && identity.getPrincipal() instanceof JsonWebToken token
                ? new Found.Session(identity, token)
                : new Found.Nobody();
    }

    private static Uni<Found> explained(Throwable failure) {
        return switch (failure) {
            case AuthenticationRedirectException redirect ->
                now(new Found.Onward(redirect.getCode(), redirect.getRedirectUri()));
            case OIDCException away -> now(new Found.ProviderAway());
            case SecurityException unreachable when isUnreachable(unreachable) -> now(new Found.ProviderAway());
            case AuthenticationCompletionException refused -> now(new Found.Refused());
            case AuthenticationFailedException nobody -> now(new Found.Nobody());
            default -> Uni.createFrom().failure(failure);
        };
    }

    private static Uni<Found> now(Found found) {
        return Uni.createFrom().item(found);
    }

    /** What the provider refuses comes as an exception of the extension too, but has been answered. */
    private static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** The redirect to the provider; it sets the cookie that the way back is recognised by. */
    Uni<Found> signIn(RoutingContext routing) {
        HttpAuthenticator authenticator = routing.get(HttpAuthenticator.class.getName());
        return authenticator
                .getChallenge(routing)
                .map(ConsoleSessions::onward)
                .onFailure()
                .recoverWithUni(ConsoleSessions::explained);
    }

    /** The names of its header fields are of several types. */
    private static Found onward(ChallengeData challenge) {
        for (Map.Entry<CharSequence, String> header : challenge.getHeaders().entrySet()) {
            if (header.getKey().toString().equalsIgnoreCase("Location")) {
                return new Found.Onward(challenge.status, header.getValue());
            }
        }
        return new Found.Refused();
    }

    /** OpenID Connect RP-Initiated Logout 1.0, section 2; nothing where the provider has no such endpoint. */
    static Optional<String> endAtProvider(Found.Session session, String clientId, String back) {
        Object metadata = session.identity().getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE);
        return Optional.ofNullable(metadata)
                .map(OidcConfigurationMetadata.class::cast)
                .map(OidcConfigurationMetadata::getEndSessionUri)
                .map(end -> end
                        + (end.contains("?") ? "&" : "?")
                        + query(Map.of(
                                "id_token_hint", session.token().getRawToken(),
                                "client_id", clientId,
                                "post_logout_redirect_uri", back)));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining("&"));
    }
}
