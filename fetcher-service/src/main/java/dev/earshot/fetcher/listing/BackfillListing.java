package dev.earshot.fetcher.listing;

import dev.earshot.events.ListingProgress;
import dev.earshot.events.ListingRequested;
import dev.earshot.events.RecordingSeen;
import dev.earshot.events.RecordingSid;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.fetch.AccountWatch;
import dev.earshot.fetcher.outcome.ListingAnnouncer;
import dev.earshot.fetcher.twilio.ListedPage;
import dev.earshot.fetcher.twilio.TwilioAccount;
import dev.earshot.fetcher.twilio.TwilioAccounts;
import dev.earshot.fetcher.twilio.TwilioListing;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The list that a backfill asks for, from its first page to its last; it keeps no mark, and begins anew where a process died. */
@Singleton
public class BackfillListing {
    private static final Logger LOG = Logger.getLogger(BackfillListing.class);

    private final TwilioAccounts accounts;
    private final TwilioListing lists;
    private final ListingAnnouncer announcer;
    private final AccountWatch watch;
    private final ListingMetrics metrics;
    private final ListingConfig config;
    private final Clock clock;

    @Inject
    BackfillListing(
            TwilioAccounts accounts,
            TwilioListing lists,
            ListingAnnouncer announcer,
            AccountWatch watch,
            ListingMetrics metrics,
            ListingConfig config,
            Clock clock) {
        this.accounts = accounts;
        this.lists = lists;
        this.announcer = announcer;
        this.watch = watch;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    /** How far a list is. The last page's recordings are not told twice where a page begins with them again. */
    private record Position(int pages, long seen, Set<RecordingSid> last, Optional<String> next) {
        static final Position BEGIN = new Position(0, 0, Set.of(), Optional.empty());

        boolean isEnd() {
            return pages > 0 && next.isEmpty();
        }
    }

    /** @return completes when the end of it, good or bad, was told and acknowledged; never fails */
    public Uni<Void> list(ListingRequested request) {
        return Uni.createFrom()
                .deferred(() -> pages(accounts.get(request.accountSid()), request, Position.BEGIN))
                .onFailure()
                .recoverWithUni(failure -> failed(request, failure));
    }

    private Uni<Void> pages(TwilioAccount account, ListingRequested request, Position at) {
        return tried(account, () -> page(account, request, at))
                .chain(page -> publish(account, request, at, page))
                .chain(moved -> moved.isEnd() ? Uni.createFrom().voidItem() : pages(account, request, moved));
    }

    private Uni<ListedPage> page(TwilioAccount account, ListingRequested request, Position at) {
        return at.next()
                .map(next -> lists.next(account, next))
                .orElseGet(() -> lists.first(account, request.from(), Optional.of(request.to()), config.pageSize()));
    }

    /** Twilio may do better later, but not with credentials that it refuses. */
    private Uni<ListedPage> tried(TwilioAccount account, Supplier<Uni<ListedPage>> page) {
        Uni<ListedPage> once = Uni.createFrom()
                .deferred(page::get)
                .onItemOrFailure()
                .invoke((listed, failure) -> watch.listed(account.sid(), failure))
                .onFailure()
                .invoke(() -> metrics.failed(account.sid()));
        return config.tries() < 2
                ? once
                : once.onFailure(failure -> !isUnauthorized(failure))
                        .retry()
                        .withBackOff(config.backoffInitial(), config.backoffMax())
                        .atMost(config.tries() - 1L);
    }

    private Uni<Position> publish(TwilioAccount account, ListingRequested request, Position at, ListedPage page) {
        List<RecordingSeen> seen = Sightings.of(
                        account.sid(),
                        page,
                        made -> Sightings.isSince(made, request.from()) && made.isBefore(request.to()),
                        clock.instant(),
                        Optional.of(request.backfillId()))
                .stream()
                .filter(each -> !at.last().contains(each.recordingSid()))
                .toList();
        boolean past = Mark.isPast(page, request.from());
        Position moved = new Position(
                at.pages() + 1,
                at.seen() + seen.size(),
                seen.stream().map(RecordingSeen::recordingSid).collect(Collectors.toUnmodifiableSet()),
                past ? Optional.empty() : page.next());
        return announcer
                .seen(seen)
                .invoke(() -> metrics.page(account.sid(), page, seen.size()))
                .chain(() -> announcer.progress(progress(
                        request,
                        moved,
                        moved.isEnd() ? ListingProgress.State.LISTED : ListingProgress.State.LISTING,
                        Optional.empty())))
                .replaceWith(moved);
    }

    private Uni<Void> failed(ListingRequested request, Throwable failure) {
        String detail = detail(failure);
        LOG.errorf(
                "The list for backfill %s of account %s failed: %s",
                request.backfillId(), request.accountSid(), detail);
        return announcer.progress(progress(request, Position.BEGIN, ListingProgress.State.FAILED, Optional.of(detail)));
    }

    private ListingProgress progress(
            ListingRequested request, Position at, ListingProgress.State state, Optional<String> detail) {
        return new ListingProgress(
                request.backfillId(),
                request.accountSid(),
                request.attempt(),
                state,
                at.pages(),
                at.seen(),
                detail,
                clock.instant());
    }

    private static boolean isUnauthorized(Throwable failure) {
        return failure instanceof TroubleException named
                && named.trouble() instanceof Trouble.RefusedAnswer answer
                && (answer.status() == 401 || answer.status() == 403);
    }

    /** A retry that has given up wraps the last failure. */
    private static String detail(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TroubleException named) {
                return detail(named.trouble());
            }
        }
        LOG.error("A list failed in a way that nobody foresaw", failure);
        return "an unexpected error in the fetcher, see its log";
    }

    private static String detail(Trouble trouble) {
        return switch (trouble) {
            case Trouble.RefusedAnswer answer -> "Twilio answered " + answer.status() + " to the list of recordings";
            case Trouble.ConnectionFailed it -> it.detail();
            case Trouble.TimedOut it -> it.detail();
            case Trouble.UnknownAccount it -> it.detail();
            default -> "the list of recordings was not to be had";
        };
    }
}
