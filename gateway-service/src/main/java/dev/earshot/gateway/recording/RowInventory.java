package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the rows say should lie in the store, for who compares it with what does.
 *
 * <p>Failures: {@link RecordingsUnavailableException}. Nothing here has an effect.
 */
public interface RowInventory {
    /**
     * One page of rows, whatever their state, by the bytes of {@link RecordingKey#objectPrefix()}: the order in which a store
     * lists their objects.
     *
     * @param tenant whose; all if empty
     * @param after the prefix after which the page begins; may be empty
     */
    Uni<List<Holding>> rows(Optional<Tenant> tenant, String after, int atMost);

    /** One row as it is now. */
    Uni<Seen> row(RecordingKey key);

    /** What a row says of its object. */
    enum Expected {
        /** It is there, in this generation. */
        READY,
        /** It may come in this generation, or be there already and not be announced yet. */
        COMING,
        /** Whatever there was was evicted, this generation included. */
        EVICTED,
        /** Nothing may be there. */
        DELETED
    }

    /**
     * One row.
     *
     * @param sizeBytes of what is ready; 0 otherwise
     */
    record Holding(RecordingKey key, Expected expected, int generation, long sizeBytes) {}

    /** A row, if there is one, and the database's clock. */
    record Seen(Optional<Holding> row, Instant readAt) {}
}
