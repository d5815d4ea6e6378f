package dev.earshot.gateway.store;

/** The object store did not answer in time or refused for now; the caller may try again. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause what the client said, for the log only */
    public StoreUnavailableException(Throwable cause) {
        super("the object store is not available", cause);
    }
}
