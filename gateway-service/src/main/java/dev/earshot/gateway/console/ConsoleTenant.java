package dev.earshot.gateway.console;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.CookieSameSite;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles;
import io.quarkus.oidc.runtime.OidcTenantConfig.Token;
import io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.builders.TokenConfigBuilder;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * By what a request is authenticated: a session on the console's own paths, and on the API where it comes without a token and without a
 * ticket; everything else by the bearer token, as if there were no console.
 *
 * <p>The session is the ID token in a cookie, and the refresh token where there is one. The ID token rather than the access token: it is
 * meant for us, and not every provider's access token can be read.
 */
@Singleton
class ConsoleTenant implements TenantConfigResolver {
    /** The tenant in the sense of OpenID Connect, not of recordings; the cookies are named by it. */
    static final String ID = "console";

    private static final String PAGE = "/console/";

    private final Uni<OidcTenantConfig> config;

    ConsoleTenant(ConsoleConfig console, OidcConfig oidc, PublicOrigin origin) {
        this.config = console.clientId()
                .map(id -> Uni.createFrom().item(tenant(id, console, oidc, origin)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext routing, OidcRequestContext<OidcTenantConfig> ignored) {
        if (isConsoles(routing)) {
            // Its own handler would end the answer before we have said anything.
            routing.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
            return config;
        }
        // Any session cookie would choose its tenant otherwise, even beside a bearer token.
        routing.put(OidcUtils.TENANT_ID_ATTRIBUTE, OidcUtils.DEFAULT_TENANT_ID);
        return Uni.createFrom().nullItem();
    }

    private static boolean isConsoles(RoutingContext routing) {
        return routing.normalizedPath().startsWith(PAGE) || isBySession(routing);
    }

    /** Whether a request of the API is to be authenticated by the session. */
    static boolean isBySession(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        return routing.normalizedPath().startsWith("/api/")
                && request.getHeader("Authorization") == null
                && !hasTicket(request)
                && SessionCookie.isSent(request);
    }

    /** Its holder needs no session, and a dead one must not spoil it: media elements send cookies along. */
    private static boolean hasTicket(HttpServerRequest request) {
        String query = request.query();
        return query != null && ("&" + query).contains("&ticket=");
    }

    private static OidcTenantConfig tenant(String id, ConsoleConfig console, OidcConfig oidc, PublicOrigin origin) {
        io.quarkus.oidc.runtime.OidcTenantConfig api = Optional.ofNullable(
                        oidc.namedTenants().get(OidcConfig.DEFAULT_TENANT_KEY))
                .orElseThrow(() -> new IllegalStateException("quarkus.oidc.auth-server-url must be set"));
        String secret = console.cookieSecret().orElseThrow();
        var tenant = OidcTenantConfig.builder(api)
                .tenantId(ID)
                .applicationType(ApplicationType.WEB_APP)
                .clientId(id)
                .roles(
                        Roles.Source.idtoken,
                        api.roles().roleClaimPath().orElseThrow().toArray(String[]::new));
        console.clientSecret().ifPresent(tenant::credentials);
        return tenant.token(idToken(id, api))
                .authentication()
                .redirectPath(origin.url(PAGE))
                .removeRedirectParameters()
                // With the query: a link to a moment of a recording leads there after the sign-in.
                .restorePathAfterRedirect()
                .scopes(console.scopes())
                .nonceRequired()
                .pkceRequired()
                .stateSecret(secret)
                .cookiePath("/")
                // Not Strict: the way back from the provider is a navigation of another site, to which the browser
                // would not send it.
                .cookieSameSite(CookieSameSite.LAX)
                .cookieForceSecure(origin.isHttps())
                .sessionAgeExtension(console.sessionIdle())
                .end()
                .tokenStateManager()
                .strategy(Strategy.ID_REFRESH_TOKENS)
                .encryptionRequired()
                .encryptionSecret(secret)
                .end()
                .build();
    }

    /**
     * What the API demands of its tokens is demanded of ID tokens too, so that whoever restricts the one restricts the other. Only the
     * audience is another, and a type is nothing that an ID token has.
     */
    static Token idToken(String id, io.quarkus.oidc.runtime.OidcTenantConfig api) {
        TokenConfigBuilder token = new TokenConfigBuilder()
                .audience(id)
                .refreshExpired()
                .setRequiredClaims(api.token().requiredClaims())
                .subjectRequired(api.token().subjectRequired())
                .issuedAtRequired(api.token().issuedAtRequired());
        api.token().issuer().ifPresent(token::issuer);
        api.token().lifespanGrace().ifPresent(token::lifespanGrace);
        api.token().age().ifPresent(token::age);
        api.token().signatureAlgorithm().ifPresent(token::signatureAlgorithm);
        return token.build();
    }
}
