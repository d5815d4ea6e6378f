package dev.earshot.fetcher.failure;

import dev.earshot.events.FailureReason;
import dev.earshot.fetcher.failure.SourceState.Absent;
import dev.earshot.fetcher.failure.SourceState.Completed;
import dev.earshot.fetcher.failure.SourceState.Deleted;
import dev.earshot.fetcher.failure.SourceState.Encrypted;
import dev.earshot.fetcher.failure.SourceState.Processing;
import dev.earshot.fetcher.failure.SourceState.Unknown;
import dev.earshot.fetcher.failure.Trouble.AccountBusy;
import dev.earshot.fetcher.failure.Trouble.ConnectionFailed;
import dev.earshot.fetcher.failure.Trouble.CutShort;
import dev.earshot.fetcher.failure.Trouble.NoMedia;
import dev.earshot.fetcher.failure.Trouble.NotAudio;
import dev.earshot.fetcher.failure.Trouble.RedirectRefused;
import dev.earshot.fetcher.failure.Trouble.RefusedAnswer;
import dev.earshot.fetcher.failure.Trouble.SpoolFailed;
import dev.earshot.fetcher.failure.Trouble.SpoolFull;
import dev.earshot.fetcher.failure.Trouble.StoreConflict;
import dev.earshot.fetcher.failure.Trouble.StoreFailed;
import dev.earshot.fetcher.failure.Trouble.TimedOut;
import dev.earshot.fetcher.failure.Trouble.TooLarge;
import dev.earshot.fetcher.failure.Trouble.UnknownAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The failure table. What is final, and how long to wait, is the gateway's to decide from the reason.
 *
 * @see <a href="https://www.twilio.com/docs/api/errors">Twilio: error and warning dictionary</a>
 */
public final class FailureTable {
    /** Asked two channels of a recording that has one. */
    public static final int ONE_CHANNEL_ONLY = 16113;

    private final Duration notReadyWindow;

    /** @param notReadyWindow how long after its end a completed recording's 404 still means "not yet" */
    public FailureTable(Duration notReadyWindow) {
        this.notReadyWindow = notReadyWindow;
    }

    /** The one classification. */
    public Verdict classify(Trouble trouble, Instant now) {
        return switch (trouble) {
            case RefusedAnswer answer -> refused(answer);
            case NoMedia missing -> noMedia(missing, now);
            case UnknownAccount it -> counted(FailureReason.UNAUTHORIZED, it.detail());
            case AccountBusy it ->
                new Verdict(FailureReason.ACCOUNT_BUSY, false, it.retryAfter(), OptionalInt.empty(), it.detail());
            case ConnectionFailed it -> counted(FailureReason.UPSTREAM_ERROR, it.detail());
            case TimedOut it -> counted(FailureReason.UPSTREAM_TIMEOUT, it.detail());
            case CutShort it -> counted(FailureReason.TRUNCATED, it.detail());
            case NotAudio it -> counted(FailureReason.NOT_AUDIO, it.twilioCode(), it.detail());
            case TooLarge it ->
                counted(FailureReason.TOO_LARGE, "the audio is larger than the cap of " + it.capBytes() + " bytes");
            case RedirectRefused it -> counted(FailureReason.REDIRECT_REFUSED, it.detail());
            case StoreFailed it -> counted(FailureReason.STORE_UNAVAILABLE, it.detail());
            case SpoolFull it -> counted(FailureReason.STORE_UNAVAILABLE, it.detail());
            case SpoolFailed it -> counted(FailureReason.STORE_UNAVAILABLE, it.detail());
            case StoreConflict it -> counted(FailureReason.STORE_CONFLICT, it.detail());
        };
    }

    /** Whether the metadata has to be asked before a trouble can be classified. */
    public static boolean metadataDecides(Trouble trouble) {
        return trouble instanceof RefusedAnswer answer
                && answer.status() >= 400
                && answer.status() < 500
                && answer.status() != 401
                && answer.status() != 403
                && answer.status() != 429
                && byCode(answer.twilioCode()).isEmpty();
    }

    private static Verdict refused(RefusedAnswer answer) {
        String detail = "Twilio answered " + answer.status();
        Optional<FailureReason> known = byCode(answer.twilioCode());
        if (known.isPresent()) {
            return of(known.get(), answer.twilioCode(), answer.retryAfter(), detail + " " + what(known.get()));
        }
        FailureReason reason = switch (answer.status()) {
            case 401, 403 -> FailureReason.UNAUTHORIZED;
            case 429 -> FailureReason.RATE_LIMITED;
            default -> FailureReason.UPSTREAM_ERROR;
        };
        return of(reason, answer.twilioCode(), answer.retryAfter(), detail);
    }

    /** Codes that say more than the status they come with. */
    private static Optional<FailureReason> byCode(OptionalInt code) {
        return switch (code.orElse(0)) {
            case 16101, 16102, 16105 -> Optional.of(FailureReason.ABSENT);
            case 16109 -> Optional.of(FailureReason.ENCRYPTED);
            case 20003 -> Optional.of(FailureReason.UNAUTHORIZED);
            case 20429 -> Optional.of(FailureReason.RATE_LIMITED);
            default -> Optional.empty();
        };
    }

    private static String what(FailureReason reason) {
        return switch (reason) {
            case ABSENT -> "(there never was any audio)";
            case ENCRYPTED -> "(the audio is encrypted with the customer's key)";
            case UNAUTHORIZED -> "(it refuses the credentials)";
            default -> "(too many requests at once)";
        };
    }

    private Verdict noMedia(NoMedia missing, Instant now) {
        OptionalInt code = missing.twilioCode();
        return switch (missing.source()) {
            case Processing() -> of(FailureReason.NOT_READY_YET, code, "Twilio is still processing the recording");
            case Completed(var endedAt)
            when endedAt.isPresent() && isRecent(endedAt.get(), now) ->
                of(FailureReason.NOT_READY_YET, code, "the call ended only just now and its media is not there yet");
            case Completed(var ignored) ->
                of(FailureReason.SOURCE_DELETED, code, "the recording is completed but its media is gone");
            case Deleted() -> of(FailureReason.SOURCE_DELETED, code, "the recording was deleted at Twilio");
            case Unknown() -> of(FailureReason.SOURCE_DELETED, code, "Twilio does not know the recording");
            case Absent(var why) -> of(FailureReason.ABSENT, why.isPresent() ? why : code, "there never was any audio");
            case Encrypted() -> of(FailureReason.ENCRYPTED, code, "the audio is encrypted with the customer's key");
        };
    }

    private boolean isRecent(Instant endedAt, Instant now) {
        return now.isBefore(endedAt.plus(notReadyWindow));
    }

    private static Verdict counted(FailureReason reason, String detail) {
        return counted(reason, OptionalInt.empty(), detail);
    }

    private static Verdict counted(FailureReason reason, OptionalInt code, String detail) {
        return new Verdict(reason, true, Optional.empty(), code, detail);
    }

    private static Verdict of(FailureReason reason, OptionalInt code, String detail) {
        return of(reason, code, Optional.empty(), detail);
    }

    private static Verdict of(FailureReason reason, OptionalInt code, Optional<Duration> retryAfter, String detail) {
        return new Verdict(reason, isCounted(reason), retryAfter, code, detail);
    }

    /** Waiting for Twilio to finish, or for room, is nobody's failure; all else is an attempt that was made. */
    private static boolean isCounted(FailureReason reason) {
        return switch (reason) {
            case NOT_READY_YET, RATE_LIMITED, ACCOUNT_BUSY -> false;
            case SOURCE_DELETED,
                    ABSENT,
                    ENCRYPTED,
                    UNAUTHORIZED,
                    UPSTREAM_ERROR,
                    UPSTREAM_TIMEOUT,
                    TRUNCATED,
                    NOT_AUDIO,
                    TOO_LARGE,
                    REDIRECT_REFUSED,
                    STORE_UNAVAILABLE,
                    STORE_CONFLICT,
                    STORE_MISMATCH,
                    ATTEMPTS_EXHAUSTED -> true;
        };
    }
}
