package dev.earshot.fetcher.failure;

/** Carries a {@link Trouble} through a pipeline. An expected outcome, so it has no stack trace. */
public final class TroubleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    public TroubleException(Trouble trouble) {
        super(trouble.toString(), null, false, false);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
