package dev.earshot.fetcher.fetch;

import dev.earshot.fetcher.failure.Trouble.ConnectionFailed;
import dev.earshot.fetcher.failure.Trouble.RefusedAnswer;
import dev.earshot.fetcher.failure.Trouble.SpoolFailed;
import dev.earshot.fetcher.failure.Trouble.SpoolFull;
import dev.earshot.fetcher.failure.Trouble.TimedOut;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.fetch.Admission.Ending;
import org.jspecify.annotations.Nullable;

/** What the end of a download tells of its account's health. */
final class Endings {
    private static final int TOO_MANY_CONCURRENT = 20429;

    private Endings() {}

    static Ending of(@Nullable Throwable failure) {
        if (failure == null) {
            return Ending.ANSWERED;
        }
        if (!(failure instanceof TroubleException named)) {
            return Ending.INCONCLUSIVE;
        }
        return switch (named.trouble()) {
            case RefusedAnswer answer
            when answer.status() == 429 || answer.twilioCode().orElse(0) == TOO_MANY_CONCURRENT -> Ending.RATE_LIMITED;
            case RefusedAnswer answer when answer.status() >= 500 -> Ending.FAILED;
            case ConnectionFailed ignored -> Ending.FAILED;
            case TimedOut ignored -> Ending.FAILED;
            case SpoolFull ignored -> Ending.INCONCLUSIVE;
            case SpoolFailed ignored -> Ending.INCONCLUSIVE;
            default -> Ending.ANSWERED;
        };
    }
}
