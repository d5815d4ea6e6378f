package dev.earshot.gateway.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What lies in the store, for who compares it with the rows.
 *
 * <p>Failures: {@link StoreUnavailableException}, also for a bucket that is not there and for refused credentials: nothing
 * here ever takes them for an empty store.
 */
public interface StoreInventory {
    /**
     * One page of objects, by their keys' bytes.
     *
     * @param prefix what their keys begin with; may be empty
     * @param after the key after which the page begins; may be empty
     * @param atMost 1 to 1000
     */
    Uni<Page> list(String prefix, String after, int atMost);

    /** The object under exactly this key, by a listing: that it is not there is told apart from a store that is not. */
    Uni<Optional<Listed>> look(String key);

    /** Deletes exactly this object. */
    Uni<Void> delete(String key);

    /**
     * One object.
     *
     * @param lastModified by the store's clock
     */
    record Listed(String key, long sizeBytes, Instant lastModified) {}

    /**
     * Objects in order.
     *
     * @param more whether others follow
     */
    record Page(List<Listed> objects, boolean more) {
        /** Copies the list. */
        public Page {
            objects = List.copyOf(objects);
        }
    }
}
