package dev.earshot.gateway.fetch;

import dev.earshot.events.FailureReason;
import dev.earshot.gateway.recording.FetchConfig;
import dev.earshot.gateway.recording.Next;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** What follows each failure: the table of docs/design.md. Pure but for the given source of chance (0 to 1). */
final class FailurePolicy implements Next.Policy {
    private final FetchConfig config;
    private final DoubleSupplier chance;

    FailurePolicy(FetchConfig config, DoubleSupplier chance) {
        this.config = config;
        this.chance = chance;
    }

    @Override
    public Next after(Next.SoFar soFar, FailureReason reason, boolean counted, Duration retryAfter) {
        return switch (reason) {
            case SOURCE_DELETED, ABSENT, ENCRYPTED, TOO_LARGE -> new Next.GiveUp(reason, true, Duration.ZERO);
            case NOT_AUDIO ->
                soFar.notAudio() + 1 >= config.maxNotAudio()
                        ? new Next.GiveUp(reason, true, Duration.ZERO)
                        : retry(soFar, reason, counted, retryAfter, Duration.ZERO);
            case UNAUTHORIZED ->
                retry(soFar, reason, counted, retryAfter, config.backoff().unauthorized());
            case NOT_READY_YET,
                    RATE_LIMITED,
                    ACCOUNT_BUSY,
                    UPSTREAM_ERROR,
                    UPSTREAM_TIMEOUT,
                    TRUNCATED,
                    REDIRECT_REFUSED,
                    STORE_UNAVAILABLE,
                    STORE_CONFLICT,
                    STORE_MISMATCH,
                    ATTEMPTS_EXHAUSTED -> retry(soFar, reason, counted, retryAfter, Duration.ZERO);
        };
    }

    private Next retry(Next.SoFar soFar, FailureReason reason, boolean counted, Duration retryAfter, Duration atLeast) {
        if (counted && soFar.counted() + 1 >= config.maxAttempts()) {
            return new Next.GiveUp(FailureReason.ATTEMPTS_EXHAUSTED, false, config.coolDown());
        }
        if (soFar.failing().compareTo(config.giveUpAfter()) >= 0) {
            return new Next.GiveUp(reason, false, config.coolDown());
        }
        Duration asked = min(retryAfter, config.backoff().retryAfterMax());
        Duration pause = max(atLeast, pause(soFar.failures(), counted));
        Duration floor = max(asked, max(atLeast, min(pause, clickFloor(reason))));
        return new Next.Retry(reason, counted, max(asked, pause), floor, reason == FailureReason.STORE_CONFLICT);
    }

    /** Twilio's own word that it is ready now (its webhook) need not wait for more than the first pause. */
    private Duration clickFloor(FailureReason reason) {
        FetchConfig.Backoff backoff = config.backoff();
        return reason == FailureReason.NOT_READY_YET
                ? min(backoff.initial(), backoff.clickFloor())
                : backoff.clickFloor();
    }

    /** The jitter stays below the cap and above the spread's other end, so that capped failures do not march in step. */
    private Duration pause(int failuresBefore, boolean counted) {
        FetchConfig.Backoff backoff = config.backoff();
        Duration most = counted ? backoff.max() : min(backoff.uncountedMax(), backoff.max());
        double steady = backoff.initial().toMillis() * Math.pow(backoff.multiplier(), failuresBefore);
        double capped = Math.min(steady, most.toMillis() / (1 + backoff.jitter()));
        return Duration.ofMillis(Math.round(capped * (1 + backoff.jitter() * (2 * chance.getAsDouble() - 1))));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
