package dev.earshot.events;

import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Whether sending a record again can help, by what sending it failed with. Whoever sends has Kafka's client, which alone
 * this class needs.
 */
public final class Refusal {
    private Refusal() {}

    /** What the broker, or our own producer, says of this record and will always say; anything else may pass. */
    public static boolean isForGood(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Credentials say nothing of the record; while they are changed, every record would be lost.
            if (cause instanceof RetriableException || cause instanceof AuthenticationException) {
                return false;
            }
            if (cause instanceof ApiException || cause instanceof SerializationException) {
                return true;
            }
        }
        return false;
    }

    /** Of the refusals for good the one that a smaller record escapes. */
    public static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure.getCause() != null && isTooLarge(failure.getCause());
    }
}
