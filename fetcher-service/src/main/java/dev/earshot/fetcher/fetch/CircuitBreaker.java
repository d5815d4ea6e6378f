package dev.earshot.fetcher.fetch;

import dev.earshot.events.RecordingSid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One account's circuit breaker. It counts different recordings, because one broken recording that is tried again and
 * again must not close its account to all others. Not thread-safe: {@link Admission} guards it.
 *
 * <pre>
 * closed ─failures of n recordings in a row─▶ open ─time over─▶ half open (one probe)
 *    ▲                                          ▲                   │      │
 *    └───────────────── any answer ─────────────┼───────────────────┘      │
 *                                               └────────── failure ───────┘
 * </pre>
 */
final class CircuitBreaker {
    private final int failuresToOpen;
    private final Duration openFor;
    private final Set<RecordingSid> failing = new HashSet<>();
    private @Nullable Instant openUntil;
    private boolean probing;

    CircuitBreaker(int failuresToOpen, Duration openFor) {
        this.failuresToOpen = failuresToOpen;
        this.openFor = openFor;
    }

    /** How long to stay away; empty if a download may start. */
    Optional<Duration> refusal(Instant now) {
        if (openUntil == null) {
            return Optional.empty();
        }
        if (now.isBefore(openUntil)) {
            return Optional.of(Duration.between(now, openUntil));
        }
        return probing ? Optional.of(openFor) : Optional.empty();
    }

    void started() {
        probing = openUntil != null;
    }

    /** The account answered, whatever it said. */
    void answered() {
        failing.clear();
        openUntil = null;
        probing = false;
    }

    void failed(RecordingSid recording, Instant now) {
        failing.add(recording);
        if (openUntil != null || failing.size() >= failuresToOpen) {
            openUntil = now.plus(openFor);
            probing = false;
        }
    }

    /** The download ended without telling anything of the account. */
    void inconclusive() {
        probing = false;
    }
}
