package dev.earshot.gateway.deadletter;

import dev.earshot.events.DeadLetter;
import dev.earshot.events.EventCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter as it lies in its topic.
 *
 * @param place the topic that the record came on, and where the letter lies in the one beside it
 * @param writtenAt when it was put there
 * @param key the record's
 * @param value the record's, or its beginning
 * @param headers the record's, then ours
 * @param sizeBytes how much there is of the value, more than is here where it is only listed
 */
record Letter(
        Place place,
        Instant writtenAt,
        @Nullable String key,
        byte @Nullable [] value,
        List<DeadLetter.Header> headers,
        int sizeBytes) {
    /** Where a letter lies. Its topic's name is that of the topic beside. */
    record Place(String topic, int partition, long offset) {}

    /** Why it lies there; empty if somebody else put it there. */
    String reason() {
        return header(DeadLetter.REASON).orElse("");
    }

    /** Whether the record was too large to be kept whole; then it cannot be replayed. */
    boolean isCut() {
        return header(DeadLetter.CUT).isPresent();
    }

    /** Of two with one name the last one counts. */
    Optional<String> header(String name) {
        return headers.reversed().stream()
                .filter(header -> header.name().equals(name))
                .findFirst()
                .map(header -> EventCodec.text(header.value()));
    }

    /** The record's own. */
    List<DeadLetter.Header> came() {
        return DeadLetter.came(headers);
    }
}
