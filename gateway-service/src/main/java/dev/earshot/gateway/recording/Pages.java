package dev.earshot.gateway.recording;

import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * A tenant's recordings, page by page. Each page is one query that reads little more than the page from an index, however
 * many recordings there are.
 *
 * <p>Failures: {@link RecordingsUnavailableException}.
 */
public interface Pages {
    /** The recordings that follow the position, in order; fewer than asked for only if there are no more. */
    Uni<List<Listed>> page(Tenant tenant, PageQuery query);

    /** A recording and where it stands. */
    record Listed(Recording recording, PageQuery.Position position) {}
}
