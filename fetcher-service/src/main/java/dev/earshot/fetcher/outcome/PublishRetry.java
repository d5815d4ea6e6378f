package dev.earshot.fetcher.outcome;

import dev.earshot.events.Refusal;
import dev.earshot.fetcher.health.Dependencies;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
     * Sends until it is acknowledged, or refused for good.
     *
     * @return fails only if the broker, or our own producer, will never take this record
     */
    public Uni<Void> untilAcknowledgedOrRefused(Supplier<Uni<Void>> send) {
        return until(send, failure -> !Refusal.isForGood(failure));
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

    private void away(Throwable failure) {
        dependencies.degraded(Dependencies.KAFKA, "the broker does not acknowledge");
        LOG.warnf("The broker did not take a record, it is sent again: %s", failure.toString());
    }
}
