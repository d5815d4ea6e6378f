package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** When recordings were last played. */
public interface PlayTimes {
    /**
     * Writes the times, in one statement that waits for nobody: a row that somebody else holds is left out.
     *
     * @param played each recording once; their tenants are those who played them
     * @param atMostEvery a time that is known already and lies less than so long before is left as it is
     * @return of which recordings the row is right now; fails with {@link RecordingsUnavailableException}
     */
    Uni<List<RecordingKey>> note(Collection<Played> played, Duration atMostEvery);

    /**
     * One beginning.
     *
     * @param ago how long ago: replicas' clocks are never compared with the database's
     */
    record Played(RecordingKey key, Duration ago) {}
}
