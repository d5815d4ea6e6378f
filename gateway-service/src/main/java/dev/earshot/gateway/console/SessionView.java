package dev.earshot.gateway.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earshot.gateway.caller.AuthConfig;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who is signed in, as the page is told.
 *
 * @param name as people read it
 * @param tenant whose recordings; none where the token names no valid one, and then the API refuses
 * @param roles those that mean something here
 * @param expiresAt until when the token holds; a request after that renews it where the provider allows that
 * @param simulatorUrl where a call can be placed, in the local stack
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record SessionView(
        String subject,
        String name,
        Optional<String> tenant,
        List<String> roles,
        String expiresAt,
        String signOutUrl,
        Optional<String> simulatorUrl,
        String publicUrl) {
    static SessionView of(
            SecurityIdentity identity, JsonWebToken token, AuthConfig auth, ConsoleConfig config, PublicOrigin origin) {
        String subject = Optional.ofNullable(token.getSubject()).orElse("");
        return new SessionView(
                subject,
                name(token, subject),
                Callers.tenant(token.getClaim(auth.tenantClaim())).map(tenant -> tenant.value()),
                Arrays.stream(Role.values())
                        .map(Role::claim)
                        .filter(identity.getRoles()::contains)
                        .toList(),
                Instant.ofEpochSecond(token.getExpirationTime()).toString(),
                ConsoleRoutes.SIGN_OUT,
                config.simulatorUrl().map(url -> url.toString().replaceFirst("/$", "")),
                origin.value());
    }

    /** OpenID Connect Core 1.0 section 5.1: what is shown to people, else what they sign in with. */
    private static String name(JsonWebToken token, String subject) {
        return Stream.of("name", "preferred_username", "email")
                .map(claim -> token.getClaim(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(subject);
    }
}
