package dev.earshot.gateway.recording;

import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Recordings that somebody will want to hear later: marked Waiting in the bulk lane, where the sweeper starts as many as
 * there are places for. Nothing is claimed here, and a click is served before them.
 *
 * <p>Failures: {@link RecordingsUnavailableException}; what was marked until then stays so, and asking again is harmless.
 */
public interface Prefetches {
    /**
     * Marks those that a request to listen would claim, and tells of the others what such a request would be told.
     *
     * @param sids each once; a call's means its newest recording that is not deleted
     * @return one for each SID, in their order
     */
    Uni<List<Marked>> prefetch(Tenant tenant, List<Sid> sids, Wanted wanted);

    /**
     * How they are wanted.
     *
     * @param anyAge whether the tenant's playback window does not count
     * @param traceparent the W3C trace context of the request, kept with the promise
     */
    record Wanted(boolean anyAge, Optional<String> traceparent) {}

    /**
     * What became of one.
     *
     * @param begun whether it was marked by this very request
     */
    record Marked(Sid sid, boolean begun, Playability found) {}
}
