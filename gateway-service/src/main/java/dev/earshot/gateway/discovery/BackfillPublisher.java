package dev.earshot.gateway.discovery;

import dev.earshot.events.ListingRequested;
import dev.earshot.gateway.announce.EventMessage;
import dev.earshot.gateway.fetch.InHand;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Asks for the lists of backfills that are due: the row is the promise, and this only keeps it. */
@ApplicationScoped
class BackfillPublisher {
    private static final Logger LOG = Logger.getLogger(BackfillPublisher.class);
    private static final int AT_MOST = 10;
    /** No round may stop all later ones; what it leased comes again when it would be over. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Backfills backfills;
    private final MutinyEmitter<byte[]> requests;
    private final BackfillConfig config;
    private final Clock clock;
    private final InHand rounds = new InHand();
    private volatile boolean stopped;

    /** @throws IllegalStateException if the configuration cannot work; it names the key */
    BackfillPublisher(
            Vertx vertx,
            Backfills backfills,
            @Channel("listing-requests") MutinyEmitter<byte[]> requests,
            BackfillConfig config,
            Clock clock) {
        this.vertx = vertx;
        this.backfills = backfills;
        this.requests = requests;
        this.config = config;
        this.clock = clock;
        positive("earshot.backfill.interval", config.interval());
        positive("earshot.backfill.longest-span", config.longestSpan());
        positive("earshot.backfill.publish-retry", config.publishRetry());
        positive("earshot.backfill.silence", config.silence());
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalStateException("The configuration cannot work: " + key + " must be more than 0");
        }
    }

    void start(@Observes StartupEvent event) {
        next();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        if (!rounds.awaitEnd(LONGEST_STOP)) {
            LOG.warnf("Requests for lists were still on their way after %s; they are sent again", LONGEST_STOP);
        }
    }

    private void next() {
        if (!stopped) {
            vertx.setTimer(config.interval().toMillis(), ignored -> round());
        }
    }

    private void round() {
        if (stopped) {
            return;
        }
        rounds.during(publishDue()
                        .ifNoItem()
                        .after(LONGEST_ROUND)
                        .fail()
                        .onFailure()
                        .invoke(failure -> LOG.warnf("Backfills could not be looked for: %s", failure))
                        .onFailure()
                        .recoverWithNull())
                .subscribe()
                .with(done -> next());
    }

    private Uni<Void> publishDue() {
        return backfills
                .due(AT_MOST, LONGEST_ROUND)
                .onItem()
                .transformToMulti(due -> Multi.createFrom().iterable(due))
                .onItem()
                .transformToUniAndConcatenate(this::publish)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> later(Backfill backfill, Throwable failure) {
        LOG.warnf("The list for backfill %s could not be asked for yet: %s", backfill.id(), failure);
        return backfills.againSoon(backfill);
    }

    private Uni<Void> publish(Backfill backfill) {
        ListingRequested event = new ListingRequested(
                backfill.id().toString(),
                backfill.accountSid(),
                backfill.from(),
                backfill.to(),
                backfill.attempt(),
                clock.instant());
        return Uni.createFrom()
                .deferred(() -> requests.sendMessage(EventMessage.of(event, Optional.empty())))
                .invoke(() -> LOG.infof(
                        "The list for backfill %s of account %s is asked for, attempt %d",
                        backfill.id(), backfill.accountSid(), backfill.attempt()))
                .onItemOrFailure()
                .transformToUni(
                        (sent, failure) -> failure == null ? backfills.published(backfill) : later(backfill, failure));
    }
}
