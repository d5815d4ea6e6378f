package dev.earshot.fetcher.peaks;

/** This audio has no waveform here; the message says why. */
final class UnsupportedAudioException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedAudioException(String message) {
        super(message);
    }
}
