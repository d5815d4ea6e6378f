package dev.earshot.fetcher.listing;

import dev.earshot.events.RecordingSeen;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.fetch.AccountWatch;
import dev.earshot.fetcher.listing.Mark.Round;
import dev.earshot.fetcher.outcome.ListingAnnouncer;
import dev.earshot.fetcher.store.S3Marks;
import dev.earshot.fetcher.twilio.ListedPage;
import dev.earshot.fetcher.twilio.TwilioAccount;
import dev.earshot.fetcher.twilio.TwilioListing;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One round of one account: page by page, each published before the mark moves over it. */
@Singleton
class AccountListing {
    private static final Logger LOG = Logger.getLogger(AccountListing.class);

    private final TwilioListing lists;
    private final S3Marks marks;
    private final ListingAnnouncer announcer;
    private final AccountWatch watch;
    private final ListingMetrics metrics;
    private final ListingConfig config;
    private final Clock clock;

    @Inject
    AccountListing(
            TwilioListing lists,
            S3Marks marks,
            ListingAnnouncer announcer,
            AccountWatch watch,
            ListingMetrics metrics,
            ListingConfig config,
            Clock clock) {
        this.lists = lists;
        this.marks = marks;
        this.announcer = announcer;
        this.watch = watch;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    /** A tenant's name begins with a letter or a digit, so no recording's key begins like this. */
    static String key(TwilioAccount account) {
        return "_listing/" + account.sid();
    }

    /**
     * Lists what is new, if it is due by the mark: another replica may have done it.
     *
     * @return completes when the round, or as many pages of it as are taken in one go, is published; a
     *     {@link TroubleException} if Twilio or the store did not answer
     */
    Uni<Void> round(TwilioAccount account) {
        return marks.read(key(account))
                .map(found ->
                        found.flatMap(Mark::read).orElseGet(() -> Mark.first(clock.instant(), config.firstLookBack())))
                .chain(mark -> mark.isDue(clock.instant(), turn())
                        ? pages(account, mark, mark.begin(clock.instant(), config.overlap()), config.maxPages())
                        : Uni.createFrom().voidItem());
    }

    /** Rounds come at any time in their interval: whatever was listed less than half of it ago was another replica's turn. */
    private Duration turn() {
        return config.every().dividedBy(2);
    }

    private Uni<Void> pages(TwilioAccount account, Mark mark, Round round, int left) {
        return page(account, round)
                .chain(page -> publish(account, mark, round, page))
                .chain(moved -> moved.round().isPresent() && left > 1
                        ? pages(account, moved, moved.round().get(), left - 1)
                        : Uni.createFrom().voidItem());
    }

    private Uni<ListedPage> page(TwilioAccount account, Round round) {
        return round.next()
                .filter(next -> TwilioListing.isPageOf(account, next))
                .map(next -> lists.next(account, next)
                        .onFailure(AccountListing::isStale)
                        .recoverWithUni(() -> first(account, round.anew())))
                .orElseGet(() -> first(account, round))
                .onItemOrFailure()
                .invoke((page, failure) -> watch.listed(account.sid(), failure))
                .onFailure()
                .invoke(() -> metrics.failed(account.sid()));
    }

    private Uni<ListedPage> first(TwilioAccount account, Round round) {
        return lists.first(account, round.from(), Optional.empty(), config.pageSize());
    }

    /** Twilio no longer knows the page that a mark of long ago names. */
    private static boolean isStale(Throwable failure) {
        return failure instanceof TroubleException named
                && named.trouble() instanceof Trouble.RefusedAnswer answer
                && (answer.status() == 400 || answer.status() == 404);
    }

    private Uni<Mark> publish(TwilioAccount account, Mark mark, Round round, ListedPage page) {
        List<RecordingSeen> seen = Sightings.of(
                account.sid(), page, made -> Sightings.isSince(made, round.from()), clock.instant(), Optional.empty());
        Mark moved = mark.published(round, page, clock.instant(), config.longestRecording());
        return announcer
                .seen(seen)
                .chain(() -> marks.write(key(account), moved.toJson()))
                .invoke(() -> metrics.page(account.sid(), page, seen.size()))
                .invoke(() -> LOG.debugf("Listed a page of account %s: %d are told", account.sid(), seen.size()))
                .replaceWith(moved);
    }
}
