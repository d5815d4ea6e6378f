package dev.earshot.gateway.caller;

import dev.earshot.events.RecordingAccessed.Credential;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Sid;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Principal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Turns the request's verified token or ticket into a {@link Caller}, or denies. */
@ApplicationScoped
public class Callers {
    private final SecurityIdentity identity;
    private final CurrentIdentityAssociation current;
    private final AuthConfig config;

    Callers(SecurityIdentity identity, CurrentIdentityAssociation current, AuthConfig config) {
        this.identity = identity;
        this.current = current;
        this.config = config;
    }

    /**
     * The caller, who must have one of the roles and a valid tenant.
     *
     * @throws Problem 403 {@code role-missing} or {@code tenant-missing}
     */
    public Caller require(Role... anyOf) {
        Set<Role> roles = Arrays.stream(Role.values())
                .filter(role -> identity.getRoles().contains(role.claim()))
                .collect(Collectors.toUnmodifiableSet());
        if (Arrays.stream(anyOf).noneMatch(roles::contains)) {
            throw Problem.of(ProblemType.ROLE_MISSING, names(anyOf) + " is needed");
        }
        JsonWebToken token = identity.getPrincipal() instanceof JsonWebToken bearer ? bearer : null;
        Object claim = token == null ? null : token.getClaim(config.tenantClaim());
        Tenant tenant = tenant(claim).orElseThrow(() -> Problem.of(ProblemType.TENANT_MISSING));
        return new Caller(tenant, roles, subject(token), Credential.TOKEN);
    }

    /**
     * Who wants to hear this recording: by a token with {@link Role#PLAY}, or by a ticket for exactly this one.
     *
     * @throws Problem 403 {@code role-missing} or {@code tenant-missing}; 401 {@code ticket-invalid} if the ticket is for
     *     another recording, and for a call's SID, which might come to mean another one
     */
    public Caller listener(Sid sid) {
        if (!(identity.getPrincipal() instanceof TicketHolder holder)) {
            return require(Role.PLAY);
        }
        if (!sid.equals(new Sid.OfRecording(holder.recording().recordingSid()))) {
            throw Problem.of(ProblemType.TICKET_INVALID).header("WWW-Authenticate", "Bearer");
        }
        return new Caller(holder.recording().tenant(), Set.of(Role.PLAY), holder.subject(), Credential.TICKET);
    }

    /** Whose request it is, whatever it may do; empty where that is not known. Nothing is asked that was not verified. */
    public Uni<Optional<Tenant>> tenant() {
        return current.getDeferredIdentity()
                .map(found -> tenantOf(found.getPrincipal()))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private Optional<Tenant> tenantOf(@Nullable Principal principal) {
        return switch (principal) {
            case TicketHolder holder -> Optional.of(holder.recording().tenant());
            case JsonWebToken token -> tenant(token.getClaim(config.tenantClaim()));
            case null, default -> Optional.empty();
        };
    }

    /** {@code sub}, else the name that the token has otherwise. */
    private static String subject(@Nullable JsonWebToken token) {
        return Stream.of(
                        Optional.ofNullable(token).map(JsonWebToken::getSubject),
                        Optional.ofNullable(token).map(JsonWebToken::getName))
                .flatMap(Optional::stream)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse(Caller.UNNAMED);
    }

    /**
     * Somebody who works across tenants; the token need name none.
     *
     * @throws Problem 403 {@code role-missing}
     */
    public void requireOperator() {
        if (!identity.getRoles().contains(Role.OPERATOR.claim())) {
            throw Problem.of(ProblemType.ROLE_MISSING, names(Role.OPERATOR) + " is needed");
        }
    }

    /**
     * Who administers.
     *
     * @param scope whose recordings; empty for everybody's, which only an operator's is
     * @param isOperator whether what a tenant's own administrators are held to may be passed over
     */
    public record Administrator(Optional<Tenant> scope, boolean isOperator, String subject) {}

    /**
     * An operator, or an administrator within the own tenant.
     *
     * @param named the tenant that was asked for; without it an operator means all of them
     * @throws Problem 403 {@code role-missing} or {@code tenant-missing}
     */
    public Administrator requireAdministrator(Optional<Tenant> named) {
        JsonWebToken token = identity.getPrincipal() instanceof JsonWebToken bearer ? bearer : null;
        if (identity.getRoles().contains(Role.OPERATOR.claim())) {
            return new Administrator(named, true, subject(token));
        }
        Tenant own = require(Role.ADMIN, Role.OPERATOR).tenant();
        if (named.isPresent() && !named.get().equals(own)) {
            throw Problem.of(ProblemType.ROLE_MISSING, names(Role.OPERATOR) + " is needed for another tenant");
        }
        return new Administrator(Optional.of(own), false, subject(token));
    }

    /**
     * An operator, who does what no tenant's administrator may.
     *
     * @param scope whose recordings it is about; empty for everybody's
     * @throws Problem 403 {@code role-missing}
     */
    public Administrator requireOperator(Optional<Tenant> scope) {
        requireOperator();
        JsonWebToken token = identity.getPrincipal() instanceof JsonWebToken bearer ? bearer : null;
        return new Administrator(scope, true, subject(token));
    }

    private static String names(Role... roles) {
        return Arrays.stream(roles).map(Role::claim).collect(Collectors.joining(" or "));
    }

    /** Only a plain text that is a tenant as a whole counts; a list, a number or a text with blanks is a doubt. */
    public static Optional<Tenant> tenant(@Nullable Object claim) {
        String text = switch (claim) {
            case String plain -> plain;
            case jakarta.json.JsonString json -> json.getString();
            case null, default -> "";
        };
        return Tenant.isValid(text) ? Optional.of(new Tenant(text)) : Optional.empty();
    }
}
