package dev.earshot.gateway.caller;

import dev.earshot.events.RecordingKey;
import java.security.Principal;

/**
 * Whoever came with a verified ticket.
 *
 * @param recording the one that may be heard
 * @param subject who asked for the ticket
 */
public record TicketHolder(RecordingKey recording, String subject) implements Principal {
    @Override
    public String getName() {
        return subject;
    }
}
