package dev.earshot.gateway.store;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.StoredObject;
import io.smallrye.mutiny.Uni;

/**
 * Looking for objects and deleting them.
 *
 * <p>Failures: {@link StoreUnavailableException} if the store does not answer, answers 5xx or throttles.
 */
public interface StoreControl {
    /** The bucket that this gateway reads; an event about another one is not ours. */
    String bucket();

    /**
     * Whether this gateway can see the object with its own credentials and of the announced size. No such key, no such
     * bucket and refused credentials all mean that it cannot.
     */
    Uni<Boolean> sees(StoredObject object);

    /** Deletes every object of one generation. */
    Uni<Void> deleteGeneration(RecordingKey key, int generation);

    /**
     * Deletes every object of the recording up to and including a generation.
     *
     * @return how many the listing showed
     */
    Uni<Integer> purge(RecordingKey key, int upToGeneration);
}
