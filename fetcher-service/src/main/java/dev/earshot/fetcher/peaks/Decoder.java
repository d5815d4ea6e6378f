package dev.earshot.fetcher.peaks;

import dev.earshot.fetcher.store.AudioToStore;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Makes a waveform of one kind of audio, on the caller's thread and however long that takes. */
interface Decoder {
    /**
     * @param wanted asked often; once it says no, the decoder gives up
     * @throws UnsupportedAudioException if audio of this kind has no waveform here, whatever is tried
     * @throws IOException if this file could not be decoded
     * @throws java.util.concurrent.CancellationException if it is not wanted any more
     */
    Waveform decode(AudioToStore audio, BooleanSupplier wanted) throws IOException, UnsupportedAudioException;
}
