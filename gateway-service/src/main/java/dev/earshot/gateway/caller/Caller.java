package dev.earshot.gateway.caller;

import dev.earshot.events.Tenant;
import java.util.Set;

/**
 * Who is asking, as a verified token says.
 *
 * @param tenant whose recordings may be named
 * @param roles what may be done with them
 */
public record Caller(Tenant tenant, Set<Role> roles) {
    /** Copies the roles. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether the token holds the role. */
    public boolean has(Role role) {
        return roles.contains(role);
    }
}
