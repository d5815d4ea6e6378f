package dev.earshot.gateway.caller;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Turns the request's verified token into a {@link Caller}, or denies. */
@ApplicationScoped
public class Callers {
    private final SecurityIdentity identity;
    private final AuthConfig config;

    Callers(SecurityIdentity identity, AuthConfig config) {
        this.identity = identity;
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
        Object claim =
                identity.getPrincipal() instanceof JsonWebToken token ? token.getClaim(config.tenantClaim()) : null;
        return new Caller(tenant(claim).orElseThrow(() -> Problem.of(ProblemType.TENANT_MISSING)), roles);
    }

    /**
     * Only whoever runs the whole: no tenant is needed, and none is looked at.
     *
     * @throws Problem 403 {@code role-missing}
     */
    public void requireOperator() {
        if (!identity.getRoles().contains(Role.OPERATOR.claim())) {
            throw Problem.of(ProblemType.ROLE_MISSING, names(Role.OPERATOR) + " is needed");
        }
    }

    private static String names(Role... roles) {
        return Arrays.stream(roles).map(Role::claim).collect(Collectors.joining(" or "));
    }

    /** Only a plain text that is a tenant as a whole counts; a list, a number or a text with blanks is a doubt. */
    static Optional<Tenant> tenant(@Nullable Object claim) {
        String text = switch (claim) {
            case String plain -> plain;
            case jakarta.json.JsonString json -> json.getString();
            case null, default -> "";
        };
        return Tenant.isValid(text) ? Optional.of(new Tenant(text)) : Optional.empty();
    }
}
