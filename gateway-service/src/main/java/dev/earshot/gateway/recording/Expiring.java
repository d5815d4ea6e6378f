package dev.earshot.gateway.recording;

import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What retention asks and does. Ages are by the database's clock.
 *
 * <p>Failures: {@link RecordingsUnavailableException}. Nothing here waits for Kafka or the object store.
 */
public interface Expiring {
    /** What is counted. */
    enum Age {
        /** Of what is ready: since somebody last began to listen, or since it became ready. */
        UNPLAYED,
        /** Of what is not deleted: since the call, or since it was registered where the call's time is unknown. */
        SINCE_CALL
    }

    /** The tenants that have any such recording, in a fixed order, each with its oldest one's age. Costs one look each. */
    Uni<List<Oldest>> oldest(Age age, Optional<Tenant> after, int atMost);

    /**
     * Evicts or deletes the oldest recordings of a tenant in one transaction: what became unplayed is evicted, what is too
     * long since its call is deleted. Rows that another replica has in hand are left to it.
     *
     * @param limit those that are at least so old
     * @return how many; fewer than were asked for if there are no more
     */
    Uni<Integer> expire(Age age, Tenant tenant, Duration limit, int atMost);

    /** How many recordings a tenant has, without tombstones. */
    Uni<Long> count(Tenant tenant);

    /**
     * One tenant's oldest.
     */
    record Oldest(Tenant tenant, Duration age) {}
}
