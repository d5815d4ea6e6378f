package dev.earshot.fetcher.spool;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What is wrong with the spool and what to do about it, in one sentence without paths. */
public final class SpoolFailure {
    /** The sum of all downloads would be more than is allowed. */
    public static final String BUDGET =
            "the spool is full: what is being stored must end first, or raise earshot.spool.budget";

    private SpoolFailure() {}

    /** What an operation on a spool file failed with. */
    public static String detail(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case NoSuchFileException ignored -> {
                    return "the spool folder or a file in it is gone: make the folder again"
                            + " (earshot.spool.directory)";
                }
                case AccessDeniedException ignored -> {
                    return "the spool folder refuses us: let the fetcher write in it (earshot.spool.directory)";
                }
                default -> {
                    if (says(cause, "No space left") || says(cause, "quota exceeded")) {
                        return "the spool's disk is full: free some space, or set earshot.spool.budget below its size";
                    }
                    if (says(cause, "Read-only file system") || says(cause, "Not a directory")) {
                        return "the spool folder cannot be written: check its mount (earshot.spool.directory)";
                    }
                }
            }
        }
        return "the spool's disk failed (" + failure.getClass().getSimpleName() + "): look at the disk behind"
                + " earshot.spool.directory";
    }

    /** Java has no exception types for these; the texts are the operating system's. */
    private static boolean says(Throwable cause, String text) {
        @Nullable String message = cause.getMessage();
        return message != null && message.contains(text);
    }
}
