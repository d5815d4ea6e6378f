package dev.earshot.gateway.ticket;

import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState.Ready;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a ticket lives: the recording's length and a margin, within bounds. Pure.
 *
 * @param shortest no ticket lives less
 * @param longest no ticket lives longer
 * @param margin beyond the length
 * @param unknownLength taken for the length where nobody has told it
 */
record TicketLifetime(Duration shortest, Duration longest, Duration margin, Duration unknownLength) {

    /** @throws IllegalStateException naming each key whose value cannot be */
    static TicketLifetime of(TicketsConfig config) {
        List<String> problems = new ArrayList<>();
        if (config.shortest().toSeconds() < 1) {
            problems.add("earshot.tickets.shortest must be at least 1s");
        }
        if (config.longest().compareTo(config.shortest()) < 0) {
            problems.add("earshot.tickets.longest must not be less than earshot.tickets.shortest");
        }
        if (config.margin().isNegative()) {
            problems.add("earshot.tickets.margin must not be negative");
        }
        if (config.unknownLength().isNegative()) {
            problems.add("earshot.tickets.unknown-length must not be negative");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
        return new TicketLifetime(config.shortest(), config.longest(), config.margin(), config.unknownLength());
    }

    /** For this recording, by the best that is known of its length. */
    Duration of(Recording recording) {
        return ofLength(length(recording));
    }

    Duration ofLength(Duration length) {
        Duration wanted = length.plus(margin);
        Duration least = wanted.compareTo(shortest) < 0 ? shortest : wanted;
        return least.compareTo(longest) > 0 ? longest : least;
    }

    /** As measured on the audio, else as told. */
    private Duration length(Recording recording) {
        if (recording.state() instanceof Ready ready) {
            return Duration.ofMillis(ready.durationMillis());
        }
        return recording.facts().durationSeconds().isPresent()
                ? Duration.ofSeconds(recording.facts().durationSeconds().getAsInt())
                : unknownLength;
    }
}
