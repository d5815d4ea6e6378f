package dev.earshot.fetcher.fetch;

import dev.earshot.events.Lane;
import dev.earshot.events.RecordingSid;
import dev.earshot.fetcher.fetch.Admission.Ending;
import dev.earshot.fetcher.fetch.Admission.Permit;
import dev.earshot.fetcher.fetch.Admission.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One account's queue, bound and breaker. Not thread-safe: {@link Admission} guards it. */
final class AccountGate {
    final AdaptiveLimit limit;
    final CircuitBreaker breaker;

    private final List<Ticket> waiting = new ArrayList<>();
    private int interactive;
    private int bulk;

    AccountGate(Admission.Bounds bounds) {
        this.limit = new AdaptiveLimit(bounds.perAccount());
        this.breaker = new CircuitBreaker(bounds.breakerFailures(), bounds.breakerOpenFor());
    }

    int inFlight() {
        return interactive + bulk;
    }

    void enqueue(Ticket ticket, int most, List<Runnable> later) {
        waiting.removeIf(it -> it.future.isDone());
        waiting.add(ticket);
        // One more than the queue holds may stand here until dispatch has had its chance.
        if (waiting.size() > most + 1) {
            trim(most, later);
        }
    }

    /** Hands back what the queue cannot hold: prefetch before listeners, the newest first. */
    void trim(int most, List<Runnable> later) {
        while (waiting.size() > most) {
            Ticket least = newest(Lane.BULK).orElseGet(() -> waiting.get(waiting.size() - 1));
            waiting.remove(least);
            later.add(() -> least.refuse("the account's queue is full", Optional.empty()));
        }
    }

    /** Takes the next one of the lane that may start now. */
    Optional<Ticket> next(Lane lane, Instant now) {
        if (!hasRoom(lane) || breaker.refusal(now).isPresent()) {
            return Optional.empty();
        }
        Optional<Ticket> oldest = waiting.stream()
                .filter(it -> it.lane == lane && !it.future.isDone())
                .findFirst();
        oldest.ifPresent(waiting::remove);
        return oldest;
    }

    private boolean hasRoom(Lane lane) {
        int most = limit.current();
        return switch (lane) {
            case INTERACTIVE -> inFlight() < most;
            case BULK -> inFlight() < most && bulk < Math.max(1, most - 1);
        };
    }

    void start(Lane lane) {
        breaker.started();
        count(lane, 1);
    }

    void end(Permit permit, Ending ending, long starts, Instant now, List<Runnable> later) {
        count(permit.lane, -1);
        switch (ending) {
            case ANSWERED -> {
                limit.succeeded();
                breaker.answered();
            }
            case RATE_LIMITED -> {
                limit.refused(permit.startedAt, starts);
                breaker.answered();
            }
            case FAILED -> {
                breaker.failed(permit.recording, now);
                breaker.refusal(now).ifPresent(wait -> {
                    waiting.forEach(it ->
                            later.add(() -> it.refuse("the account's circuit breaker has opened", Optional.of(wait))));
                    waiting.clear();
                });
            }
            case INCONCLUSIVE -> breaker.inconclusive();
        }
    }

    boolean promote(RecordingSid recording) {
        Optional<Ticket> found = waiting.stream()
                .filter(it -> it.lane == Lane.BULK && it.recording.equals(recording))
                .findFirst();
        found.ifPresent(it -> it.lane = Lane.INTERACTIVE);
        return found.isPresent();
    }

    private void count(Lane lane, int change) {
        switch (lane) {
            case INTERACTIVE -> interactive += change;
            case BULK -> bulk += change;
        }
    }

    private Optional<Ticket> newest(Lane lane) {
        return waiting.reversed().stream().filter(it -> it.lane == lane).findFirst();
    }
}
