package dev.earshot.gateway.ticket;

/**
 * A ticket as the API gives it.
 *
 * @param url plays the recording, by GET and HEAD; a secret until it expires
 * @param expiresAt until when, ISO 8601
 */
public record TicketView(String url, String expiresAt) {}
