package dev.earshot.local.home;

/** Something that a person has to act on: the message names the part and says what to do. */
public final class StackFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public StackFailure(String message) {
        super(message);
    }

    public StackFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
