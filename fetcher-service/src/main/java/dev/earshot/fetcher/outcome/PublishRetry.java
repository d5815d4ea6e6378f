package dev.earshot.fetcher.outcome;

import dev.earshot.fetcher.health.Dependencies;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/** The one wait for a broker that is away: in place, for ever, with back-off. */
public final class PublishRetry {
    private static final Logger LOG = Logger.getLogger(PublishRetry.class);

    private final Duration initial;
    private final Duration max;
    private final Dependencies dependencies;

    public PublishRetry(Duration initial, Duration max, Dependencies dependencies) {
        this.initial = initial;
        this.max = max;
        this.dependencies = dependencies;
    }

    /** Sends until it is acknowledged. */
    public Uni<Void> untilAcknowledged(Supplier<Uni<Void>> send) {
        return until(send, failure -> true);
    }

    /**
     * Sends until it is acknowledged, or refused because of its size.
     *
     * @return fails only if the record is larger than the broker, or our own producer, takes
     */
    public Uni<Void> untilAcknowledgedOrTooLarge(Supplier<Uni<Void>> send) {
        return until(send, failure -> !isTooLarge(failure));
    }

    private Uni<Void> until(Supplier<Uni<Void>> send, Predicate<Throwable> mayPass) {
        return Uni.createFrom()
                .deferred(send::get)
                .onFailure(mayPass)
                .invoke(this::away)
                .onFailure(mayPass)
                .retry()
                .withBackOff(initial, max)
                .indefinitely()
                .invoke(() -> dependencies.ok(Dependencies.KAFKA));
    }

    static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure.getCause() != null && isTooLarge(failure.getCause());
    }

    private void away(Throwable failure) {
        dependencies.degraded(Dependencies.KAFKA, "the broker does not acknowledge");
        LOG.warnf("The broker did not take a record, it is sent again: %s", failure.toString());
    }
}
