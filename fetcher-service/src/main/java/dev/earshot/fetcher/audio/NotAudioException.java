package dev.earshot.fetcher.audio;

/** The bytes are no audio that Earshot stores; the message says in which way. */
public final class NotAudioException extends Exception {
    private static final long serialVersionUID = 1L;

    NotAudioException(String message) {
        super(message);
    }
}
