package dev.earshot.gateway.ticket;

import dev.earshot.events.RecordingKey;
import java.time.Instant;

/**
 * What a ticket says.
 *
 * @param recording whose and which recording it opens
 * @param subject who asked for it
 * @param expiresAt until when, in whole seconds
 */
record Ticket(RecordingKey recording, String subject, Instant expiresAt) {}
