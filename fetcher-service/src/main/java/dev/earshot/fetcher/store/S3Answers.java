package dev.earshot.fetcher.store;

import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.spool.SpoolFailure;
import java.nio.file.FileSystemException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the store's failures mean to us. */
final class S3Answers {
    private S3Answers() {}

    static boolean isAbsent(Throwable failure) {
        return status(failure) == 404;
    }

    /** {@code If-None-Match: *} found something. */
    static boolean isTaken(Throwable failure) {
        return status(failure) == 412;
    }

    /** The store does not know what we asked of it. */
    static boolean isNotImplemented(Throwable failure) {
        return status(failure) == 501;
    }

    /** Anything but a trouble that was named already, or our own disk's: the store may do better on the next try. */
    static boolean isTransient(Throwable failure) {
        return !isOfTheSpool(failure)
                && !(failure instanceof TroubleException named
                        && (named.trouble() instanceof Trouble.StoreConflict
                                || named.trouble() instanceof Trouble.SpoolFailed));
    }

    /** The file that is being uploaded cannot be read: the only files that the client touches are ours. */
    private static boolean isOfTheSpool(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException) {
                return true;
            }
        }
        return false;
    }

    /** In a few words, without the SDK's request ids and URLs. */
    static TroubleException failed(String verb, Throwable failure) {
        if (failure instanceof TroubleException named) {
            return named;
        }
        if (isOfTheSpool(failure)) {
            return new TroubleException(new Trouble.SpoolFailed(SpoolFailure.detail(failure)));
        }
        String what = failure instanceof S3Exception answer
                ? "answered " + answer.statusCode() + code(answer)
                : "failed (" + failure.getClass().getSimpleName() + ")";
        return new TroubleException(new Trouble.StoreFailed("the store " + what + " to " + verb));
    }

    /** For the health body. */
    static String detail(Throwable failure) {
        return failure instanceof TroubleException named && named.trouble() instanceof Trouble.StoreFailed failed
                ? failed.detail()
                : failure.getClass().getSimpleName();
    }

    private static String code(S3Exception answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? ""
                : " " + answer.awsErrorDetails().errorCode();
    }

    private static int status(Throwable failure) {
        return failure instanceof S3Exception answer ? answer.statusCode() : 0;
    }
}
