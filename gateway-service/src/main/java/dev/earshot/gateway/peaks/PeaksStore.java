package dev.earshot.gateway.peaks;

import dev.earshot.events.RecordingKey;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Where the peaks lie.
 *
 * <p>Failures: the store's own exception if it does not answer in time or refuses.
 */
public interface PeaksStore {
    /** Ten hours of two channels are a tenth of it. */
    int LARGEST_BYTES = 1 << 20;

    /** @return the document as it is stored; empty if there is none, or one that is larger than any of ours */
    Uni<Optional<byte[]>> read(RecordingKey key, int generation);
}
