package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands on Earshot's topics: a CloudEvents 1.0 event whose data is the record itself.
 *
 * <p>The attributes are methods and not data, so that they cannot contradict it. The id is deterministic: whoever
 * publishes the same fact twice publishes the same {@code source} and {@code id}, and consumers dedupe on the pair.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#required-attributes">CloudEvents
 *     1.0, required attributes</a>
 */
public sealed interface EarshotEvent
        permits RecordingEvent, RecordingSeen, ListingRequested, ListingProgress, Administered {
    /** The {@code source} of everything that the gateway writes, whichever replica wrote it. */
    String GATEWAY = "/earshot/gateway";
    /** The {@code source} of everything that the fetcher writes, whichever replica wrote it. */
    String FETCHER = "/earshot/fetcher";

    /** The CloudEvents {@code type}. */
    @JsonIgnore
    EventType type();

    /** The CloudEvents {@code id}, deterministic. */
    @JsonIgnore
    String id();

    /** The CloudEvents {@code time}: when what the event tells of happened. */
    @JsonIgnore
    Instant time();

    /** The record's key and the CloudEvents {@code subject}: what the event is about. */
    @JsonIgnore
    String kafkaKey();

    /** The CloudEvents extension {@code expirytime}: after it, nobody needs to act on the event. */
    @JsonIgnore
    default Optional<Instant> expiry() {
        return Optional.empty();
    }

    /** The CloudEvents {@code source}. */
    @JsonIgnore
    default String source() {
        return type().source();
    }
}
