package dev.earshot.gateway.caller;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Until when the request's token is valid: for answers that last longer than a request. */
@ApplicationScoped
public class TokenExpiry {
    private final SecurityIdentity identity;

    TokenExpiry(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The token's {@code exp}; long ago where there is none, for a doubt allows nothing. */
    public Instant instant() {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Instant.ofEpochSecond(token.getExpirationTime())
                : Instant.EPOCH;
    }
}
