package dev.earshot.fetcher.fetch;

import dev.earshot.events.AccountSid;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingSid;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Who may download now. Each account has its own adaptive bound, its own short queue and its own circuit breaker; all
 * together have a total bound, for which the accounts take turns. Listeners go before prefetch, and prefetch leaves
 * one place of each account free for them.
 *
 * <p>Thread-safe. Futures are completed outside the lock, since what hangs on them starts downloads.
 */
final class Admission {
    /** What a download told of its account. */
    enum Ending {
        /** It answered, with audio or with anything but a failure of its own. */
        ANSWERED,
        /** It said 429. */
        RATE_LIMITED,
        /** 5xx, no connection, or silence. */
        FAILED,
        /** Nothing: the spool was full, or nobody wanted it any more. */
        INCONCLUSIVE
    }

    /**
     * The bounds.
     *
     * @param total downloads in flight, all accounts together
     * @param perAccount downloads in flight for one account
     * @param queuePerAccount requests that wait for one account
     * @param breakerFailures recordings that fail in a row until the breaker opens
     * @param breakerOpenFor how long it stays open
     */
    record Bounds(int total, int perAccount, int queuePerAccount, int breakerFailures, Duration breakerOpenFor) {}

    private final Bounds bounds;
    private final Clock clock;
    private final Consumer<AccountSid> onNewAccount;
    private final Map<AccountSid, AccountGate> gates = new HashMap<>();
    private final Deque<AccountGate> turns = new ArrayDeque<>();
    private int inFlight;
    private long starts;

    Admission(Bounds bounds, Clock clock, Consumer<AccountSid> onNewAccount) {
        this.bounds = bounds;
        this.clock = clock;
        this.onNewAccount = onNewAccount;
    }

    /**
     * Asks for a place.
     *
     * @return completes with the permit when the download may start, or fails with {@link Trouble.AccountBusy};
     *     cancelling it gives the place in the queue up
     */
    CompletableFuture<Permit> enter(AccountSid account, RecordingSid recording, Lane lane) {
        Ticket ticket = new Ticket(recording, lane);
        List<Runnable> later = new ArrayList<>();
        synchronized (this) {
            AccountGate gate = gate(account);
            Optional<Duration> refusal = gate.breaker.refusal(clock.instant());
            if (refusal.isPresent()) {
                later.add(() -> ticket.refuse("the account's circuit breaker is open", refusal));
            } else {
                gate.enqueue(ticket, bounds.queuePerAccount(), later);
                dispatch(later);
                gate.trim(bounds.queuePerAccount(), later);
            }
        }
        later.forEach(Runnable::run);
        return ticket.future;
    }

    /** Somebody has begun to wait for a prefetch that still stands in the queue: it goes before the others. */
    void promote(AccountSid account, RecordingSid recording) {
        List<Runnable> later = new ArrayList<>();
        synchronized (this) {
            if (gate(account).promote(recording)) {
                dispatch(later);
            }
        }
        later.forEach(Runnable::run);
    }

    synchronized int inFlight(AccountSid account) {
        return gate(account).inFlight();
    }

    synchronized int limit(AccountSid account) {
        return gate(account).limit.current();
    }

    private AccountGate gate(AccountSid account) {
        return gates.computeIfAbsent(account, sid -> {
            AccountGate gate = new AccountGate(bounds);
            turns.add(gate);
            onNewAccount.accept(sid);
            return gate;
        });
    }

    /** Gives places away, listeners first, one to each account in turn, until nobody can have one. */
    private void dispatch(List<Runnable> later) {
        for (Lane lane : Lane.values()) {
            for (int without = 0; without < turns.size() && inFlight < bounds.total(); ) {
                AccountGate gate = turns.removeFirst();
                turns.addLast(gate);
                without = grantOne(gate, lane, later) ? 0 : without + 1;
            }
        }
    }

    private boolean grantOne(AccountGate gate, Lane lane, List<Runnable> later) {
        Optional<Ticket> next = gate.next(lane, clock.instant());
        next.ifPresent(ticket -> {
            inFlight++;
            gate.start(ticket.lane);
            Permit permit = new Permit(gate, ticket.recording, ticket.lane, ++starts);
            later.add(() -> {
                if (!ticket.future.complete(permit)) {
                    permit.end(Ending.INCONCLUSIVE);
                }
            });
        });
        return next.isPresent();
    }

    private void release(Permit permit, Ending ending) {
        List<Runnable> later = new ArrayList<>();
        synchronized (this) {
            if (permit.ended) {
                return;
            }
            permit.ended = true;
            inFlight--;
            permit.gate.end(permit, ending, starts, clock.instant(), later);
            dispatch(later);
        }
        later.forEach(Runnable::run);
    }

    /** The right to one download. To be ended once; more often does no harm. */
    final class Permit {
        final RecordingSid recording;
        final Lane lane;
        final long startedAt;
        private final AccountGate gate;
        private boolean ended;

        private Permit(AccountGate gate, RecordingSid recording, Lane lane, long startedAt) {
            this.gate = gate;
            this.recording = recording;
            this.lane = lane;
            this.startedAt = startedAt;
        }

        void end(Ending ending) {
            release(this, ending);
        }
    }

    /** One waiting request. */
    static final class Ticket {
        final RecordingSid recording;
        Lane lane;
        final CompletableFuture<Permit> future = new CompletableFuture<>();

        Ticket(RecordingSid recording, Lane lane) {
            this.recording = recording;
            this.lane = lane;
        }

        void refuse(String detail, Optional<Duration> retryAfter) {
            boolean ignored =
                    future.completeExceptionally(new TroubleException(new Trouble.AccountBusy(detail, retryAfter)));
        }
    }
}
