package dev.earshot.gateway.recording;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;

/**
 * Work that one holder at a time may do, over all replicas. A holder that is gone is forgotten when its time is over.
 *
 * <p>Failures: {@link RecordingsUnavailableException}.
 */
public interface WorkLeases {
    /**
     * Takes the work, or keeps it for so long from now.
     *
     * @return false if somebody else has it
     */
    Uni<Boolean> take(String work, UUID holder, Duration time);

    /** Gives it back; nothing happens if it is somebody else's by now. */
    Uni<Void> giveBack(String work, UUID holder);
}
