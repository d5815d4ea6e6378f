package dev.earshot.events;

/** A record that can never be read, however often it is tried: it belongs to the dead letters. */
public final class UnreadableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message) {
        super(message);
    }

    UnreadableEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
