package dev.earshot.gateway.caller;

import dev.earshot.events.RecordingAccessed;
import dev.earshot.events.Tenant;
import java.util.Set;

/**
 * Who is asking, as a verified token or ticket says.
 *
 * @param tenant whose recordings may be named
 * @param roles what may be done with them
 * @param subject who it is, for the audit alone; a ticket's is that of whoever asked for it
 * @param credential what was shown
 */
public record Caller(Tenant tenant, Set<Role> roles, String subject, RecordingAccessed.Credential credential) {
    /** The subject of a token that names none. */
    public static final String UNNAMED = "unnamed";
    /** OpenID Connect Core 1.0 section 2: a subject has 255 characters at most. What is longer is cut. */
    private static final int LONGEST_SUBJECT = 255;

    /** Copies the roles. */
    public Caller {
        roles = Set.copyOf(roles);
        subject = subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT) : subject;
    }

    /** Whether the role is held. */
    public boolean has(Role role) {
        return roles.contains(role);
    }
}
