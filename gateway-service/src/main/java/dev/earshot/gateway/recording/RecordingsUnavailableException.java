package dev.earshot.gateway.recording;

/** The database did not answer in time or refused; the caller may try again soon. */
public final class RecordingsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause what the driver said, for the log only */
    public RecordingsUnavailableException(Throwable cause) {
        super("the database is not available", cause);
    }
}
