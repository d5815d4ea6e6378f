package dev.earshot.gateway.recording;

import dev.earshot.events.AudioFormat;
import dev.earshot.events.Lane;
import java.time.Instant;
import java.util.Optional;

/**
 * A committed claim: the promise of a fetch whose request is to be published.
 *
 * @param id the row
 * @param recording the row as it is
 * @param lane which topic its request belongs on
 * @param format what to download
 * @param claimedAt when, by the database's clock
 * @param expiresAt when the request is worth nothing any more
 * @param traceparent the trace of whoever asked
 */
public record Claim(
        long id,
        Recording recording,
        Lane lane,
        AudioFormat format,
        Instant claimedAt,
        Instant expiresAt,
        Optional<String> traceparent) {}
