package dev.earshot.fetcher.listing;

import dev.earshot.events.AccountSid;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.twilio.TwilioAccount;
import dev.earshot.fetcher.twilio.TwilioAccounts;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * The timer: begins a round of each account that has none running. An account that refuses is left alone for longer and longer,
 * and delays no other.
 */
@Singleton
class Listings {
    private static final Logger LOG = Logger.getLogger(Listings.class);
    /** Over which part of the interval the accounts are spread: many at once would be in the way of what downloads ask Twilio. */
    private static final double SPREAD = 0.5;
    /** After an outage of ours nobody should wait for a whole interval. */
    private static final Duration FIRST = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final TwilioAccounts accounts;
    private final AccountListing listing;
    private final ListingConfig config;
    private final Clock clock;
    private final ListingMetrics metrics;
    private final Map<AccountSid, Pause> pauses = new ConcurrentHashMap<>();
    private final Set<AccountSid> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @throws IllegalStateException if the configuration cannot work; it names the key */
    @Inject
    Listings(
            Vertx vertx,
            TwilioAccounts accounts,
            AccountListing listing,
            ListingConfig config,
            ListingMetrics metrics,
            Clock clock) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.listing = listing;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        ListingChecks.require(config);
    }

    void start(@Observes StartupEvent event) {
        accounts.all().forEach(account -> metrics.known(account.sid()));
        if (config.every().isZero()) {
            LOG.info("Accounts are not listed (earshot.listing.every=0s): what no webhook tells of stays unknown");
        } else {
            next(config.every().compareTo(FIRST) < 0 ? config.every() : FIRST);
        }
    }

    /** What runs may end or die: the mark has not moved over what is not published. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void next(Duration wait) {
        if (!stopped) {
            vertx.setTimer(Math.max(1, wait.toMillis()), ignored -> tick());
        }
    }

    private void tick() {
        accounts.all().forEach(account -> {
            metrics.known(account.sid());
            vertx.setTimer(delay(), ignored -> round(account));
        });
        next(config.every());
    }

    /** By chance, so that replicas that start together do not list together either. */
    private long delay() {
        double part = SPREAD * ThreadLocalRandom.current().nextDouble();
        return Math.max(1, Math.round(config.every().toMillis() * part));
    }

    private void round(TwilioAccount account) {
        Pause pause =
                pauses.computeIfAbsent(account.sid(), sid -> new Pause(config.backoffInitial(), config.backoffMax()));
        if (stopped || !pause.isOver(clock.instant()) || !running.add(account.sid())) {
            return;
        }
        Uni.createFrom()
                .deferred(() -> listing.round(account))
                .onTermination()
                .invoke(() -> running.remove(account.sid()))
                .subscribe()
                .with(done -> pause.succeeded(), failure -> failed(account, pause, failure));
    }

    private void failed(TwilioAccount account, Pause pause, Throwable failure) {
        Duration left = pause.failed(clock.instant());
        if (failure instanceof TroubleException named) {
            LOG.warnf(
                    "The list of account %s was not to be had, it is left alone for %d s: %s",
                    account.sid(), left.toSeconds(), named.trouble());
        } else {
            LOG.errorf(failure, "The list of account %s failed in a way that nobody foresaw", account.sid());
        }
    }
}
